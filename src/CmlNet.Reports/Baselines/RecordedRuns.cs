using System.Globalization;

namespace CmlNet.Reports.Baselines;

/// <summary>Copies of what earlier reports were made of, for folders without git: <c>.cml/reports/TIME/</c> holds the files as they lay.</summary>
public static class RecordedRuns
{
    private const string Folder = ".cml/reports";
    private const string Format = "yyyyMMdd'T'HHmmss'Z'";
    private const int Kept = 5;
    private const long MostBytes = 64 * 1024 * 1024;

    /// <summary>The newest record; null when there is none.</summary>
    internal static (string Folder, DateTimeOffset At)? Last(string directory)
    {
        foreach (string folder in Records(directory))
        {
            if (DateTimeOffset.TryParseExact(Path.GetFileName(folder), Format, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out DateTimeOffset at))
                return (folder, at);
        }

        return null;
    }

    /// <summary>Copies the files a report was made of, when nothing else remembers them: outside a git repository. Keeps the newest five records.</summary>
    /// <exception cref="IOException">A file cannot be copied.</exception>
    public static void Save(string directory, IReadOnlyList<string> files, DateTimeOffset now)
    {
        ArgumentNullException.ThrowIfNull(files);
        List<FileInfo> inside = [.. files.Where(file => !Path.GetRelativePath(directory, file).StartsWith("..", StringComparison.Ordinal)).Distinct(StringComparer.Ordinal).Select(file => new FileInfo(file)).Where(file => file.Exists)];
        if (inside.Count == 0 || inside.Sum(file => file.Length) > MostBytes || IsInRepository(directory))
            return;
        string record = Path.Combine(directory, Folder, now.UtcDateTime.ToString(Format, CultureInfo.InvariantCulture));
        foreach (FileInfo file in inside)
        {
            string copy = Path.Combine(record, Path.GetRelativePath(directory, file.FullName));
            Directory.CreateDirectory(Path.GetDirectoryName(copy) ?? record);
            file.CopyTo(copy, overwrite: true);
        }

        foreach (string old in Records(directory).Skip(Kept))
            Directory.Delete(old, recursive: true);
    }

    // By its folder: where the program git is missing, as in many images, it is a repository all the same.
    private static bool IsInRepository(string directory)
    {
        for (string? at = Path.GetFullPath(directory); at is not null; at = Path.GetDirectoryName(at))
        {
            if (Path.Exists(Path.Combine(at, ".git")))
                return true;
        }

        return false;
    }

    // Newest first.
    private static IEnumerable<string> Records(string directory)
    {
        string folder = Path.Combine(directory, Folder);
        return Directory.Exists(folder) ? Directory.GetDirectories(folder).OrderByDescending(path => path, StringComparer.Ordinal) : [];
    }
}
