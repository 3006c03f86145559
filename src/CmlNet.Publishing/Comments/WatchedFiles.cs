using System.Globalization;
using CmlNet.Publishing.Markdown;

namespace CmlNet.Publishing.Comments;

/// <summary>What a watcher looks at, as one text that changes when a file does. Polled: file events are lost on network and container mounts.</summary>
internal static class WatchedFiles
{
    private const long LargestReport = 16 * 1024 * 1024;

    /// <summary>A report's files, and the local files they link to.</summary>
    public static string Fingerprint(IEnumerable<string> reports) => string.Join('\n', reports.SelectMany(Files).Distinct(StringComparer.Ordinal).Select(Stamp));

    private static IEnumerable<string> Files(string report)
    {
        string text = ReadText(report);
        string directory = Path.GetDirectoryName(report) ?? "/";
        IEnumerable<string> linked = LinkFinder.Find(text)
            .Where(t => LocalReference.IsLocal(t.Url))
            .SelectMany(t => LocalReference.Readings(t.Url))
            .Select(r => Path.GetFullPath(Path.Combine(directory, r.Path.Replace("\0", "", StringComparison.Ordinal))));
        return linked.Prepend(report);
    }

    /// <summary>Size and time of one file.</summary>
    private static string Stamp(string path)
    {
        var file = new FileInfo(path);
        return file.Exists ? string.Create(CultureInfo.InvariantCulture, $"{path} {file.Length} {file.LastWriteTimeUtc.Ticks}") : path;
    }

    private static string ReadText(string path)
    {
        try
        {
            var file = new FileInfo(path);
            return file.Exists && file.Length <= LargestReport ? File.ReadAllText(path) : "";
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return "";
        }
    }
}
