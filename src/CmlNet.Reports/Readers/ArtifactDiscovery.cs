using CmlNet.Reports.Configuration;

namespace CmlNet.Reports.Readers;

/// <summary>Finds what a run left: the files of one folder and of its folders with usual names, and what experiment trackers leave. Links are not followed, since a job may have set them.</summary>
internal sealed class ArtifactDiscovery(IReadOnlyList<IArtifactReader> readers)
{
    private const int MostFiles = 2_000;
    private static readonly string[] UsualFolders = ["metrics", "eval", "plots", "results", "dvclive"];
    private static readonly HashSet<string> Considered = new(StringComparer.Ordinal)
    {
        ".json", ".jsonl", ".ndjson", ".yaml", ".yml", ".toml", ".csv", ".tsv", ".parquet", ".xml", ".log", ".png", ".jpg", ".jpeg", ".gif", ".webp", ".svg",
    };

    /// <summary>Files with the reader that takes them, in name order, and why others of the same kinds were passed over.</summary>
    public (IReadOnlyList<FoundFile> Found, IReadOnlyList<string> Skipped) Search(ReportRequest request)
    {
        var found = new List<FoundFile>();
        var skipped = new List<string>();
        foreach (FileInfo info in Files(request).Take(MostFiles))
        {
            string path = Path.GetRelativePath(request.Directory, info.FullName).Replace('\\', '/');
            var file = new ArtifactFile { FullPath = info.FullName, Path = path, IsNamed = false, ActualColumn = request.ActualColumn, PredictedColumn = request.PredictedColumn, MayBeRegression = true, Predictions = request.PredictionOptions };
            if (info.LinkTarget is not null)
                skipped.Add($"{path} (a link)");
            else if (info.Length == 0)
                skipped.Add($"{path} (empty)"); // pipes and devices, which must not be opened, have no length either
            else if (Recognise(file) is { } reader)
                found.Add(new FoundFile(file, reader));
            else if (file.Suffix is not (".xml" or ".log" or ".toml") && path != ReportConfiguration.FileName)
                skipped.Add(file.Suffix == ".parquet" ? $"{path} (Parquet is not read; save it as CSV)" : $"{path} (not a known kind)"); // of the others most have nothing to do with results
        }

        return (found, skipped);
    }

    private IArtifactReader? Recognise(ArtifactFile file)
    {
        try
        {
            return readers.FirstOrDefault(reader => reader.Recognises(file));
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return null; // gone or forbidden: nothing to report from
        }
    }

    private static IEnumerable<FileInfo> Files(ReportRequest request)
    {
        var root = new DirectoryInfo(request.Directory);
        IEnumerable<DirectoryInfo> folders = UsualFolders.Select(name => new DirectoryInfo(Path.Combine(request.Directory, name))).Where(folder => folder is { Exists: true, LinkTarget: null });
        var options = new EnumerationOptions { IgnoreInaccessible = true, AttributesToSkip = FileAttributes.Hidden };
        return folders.Prepend(root).Where(folder => !request.ExcludedDirectories.Contains(folder.FullName, StringComparer.Ordinal))
            .SelectMany(folder => folder.EnumerateFiles("*", options).OrderBy(file => file.Name, StringComparer.Ordinal))
            .Where(file => Considered.Contains(file.Extension.ToLowerInvariant()))
            .Concat(TrackerFiles.Find(request.Directory)).DistinctBy(file => file.FullName);
    }
}
