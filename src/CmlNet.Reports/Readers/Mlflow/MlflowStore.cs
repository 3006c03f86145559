using System.Globalization;
using System.Text;
using CmlNet.Dvc.Storage;
using CmlNet.Dvc.Values;
using CmlNet.Reports.Numbers;

namespace CmlNet.Reports.Readers.Mlflow;

/// <summary>A run's folder: <c>metrics/KEY</c> with lines of <c>timestamp value [step …]</c>, <c>params/KEY</c> with the value. Keys with a slash are folders.</summary>
internal static class MlflowStore
{
    private const int MostFiles = 10_000;
    private const long LargestParam = 64 * 1024;

    /// <summary>The run of the file store that was started last, by its <c>meta.yaml</c>; null when there is none.</summary>
    /// <param name="root">A folder <c>mlruns</c>.</param>
    public static string? NewestRun(string root)
    {
        var options = new EnumerationOptions { IgnoreInaccessible = true, AttributesToSkip = FileAttributes.ReparsePoint };
        return Directory.EnumerateDirectories(root, "*", options)
            .Where(experiment => Path.GetFileName(experiment) is not (".trash" or "models"))
            .SelectMany(experiment => Directory.EnumerateDirectories(experiment, "*", options))
            .Select(run => Path.Combine(run, "meta.yaml")).Where(File.Exists).Take(MostFiles)
            .MaxBy(meta => (StartTime(meta), meta));
    }

    public static RunArtifact Read(ArtifactFile file, CancellationToken cancellationToken)
    {
        string run = Path.GetDirectoryName(file.FullPath) ?? "/";
        var built = new MlflowRun { Name = Name(file, run) };
        foreach ((string key, string path) in Files(Path.Combine(run, "metrics")))
        {
            cancellationToken.ThrowIfCancellationRequested();
            int number = 0;
            foreach (string line in File.ReadLines(path, Encoding.UTF8))
            {
                number++;
                if (!TryLine(line, out var point))
                    built.Warn($"metrics/{key}:{number}: not 'timestamp value step'; the line is left out");
                else
                    built.AddMetric(key, point.Step, point.Timestamp, point.Value);
            }
        }

        foreach ((string key, string path) in Files(Path.Combine(run, "params")))
        {
            if (new FileInfo(path).Length <= LargestParam)
                built.AddParam(key, File.ReadAllText(path, Encoding.UTF8));
        }

        return built.Build(file.Path);
    }

    // The tag is what MLflow's own pages show; older versions write no other name.
    private static string? Name(ArtifactFile file, string run)
    {
        string tag = Path.Combine(run, "tags", "mlflow.runName");
        if (new FileInfo(tag) is { Exists: true, Length: > 0 and <= LargestParam } && !FileKind.IsStream(tag))
            return File.ReadAllText(tag, Encoding.UTF8);
        try
        {
            return TreeFile.Read(file).Find("run_name") is { Kind: DvcValueKind.Text or DvcValueKind.Integer or DvcValueKind.Number } name ? ValueText.Of(name) : null;
        }
        catch (ArtifactException)
        {
            return null; // nothing else is read from it
        }
    }

    private static IEnumerable<(string Key, string Path)> Files(string folder)
    {
        if (!Directory.Exists(folder))
            return [];
        var options = new EnumerationOptions { IgnoreInaccessible = true, RecurseSubdirectories = true, AttributesToSkip = FileAttributes.ReparsePoint, MaxRecursionDepth = 8 };
        return Directory.EnumerateFiles(folder, "*", options).Where(path => !FileKind.IsStream(path)).Take(MostFiles).Order(StringComparer.Ordinal).Select(path => (Path.GetRelativePath(folder, path).Replace('\\', '/'), path));
    }

    // Newer versions may write more fields behind these.
    private static bool TryLine(string line, out (long Step, long Timestamp, double Value) point)
    {
        point = default;
        string[] fields = line.Split(' ', StringSplitOptions.RemoveEmptyEntries);
        if (fields.Length < 2 || !long.TryParse(fields[0], NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out point.Timestamp) || !Csv.CsvNumber.TryParse(fields[1], out point.Value))
            return false;
        return fields.Length == 2 || long.TryParse(fields[2], NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out point.Step);
    }

    private static long StartTime(string meta)
    {
        if (new FileInfo(meta).Length > LargestParam || FileKind.IsStream(meta))
            return 0;
        string? line = File.ReadLines(meta).FirstOrDefault(line => line.StartsWith("start_time:", StringComparison.Ordinal));
        return line is not null && long.TryParse(line.AsSpan("start_time:".Length).Trim(), NumberStyles.None, CultureInfo.InvariantCulture, out long time) ? time : 0;
    }
}
