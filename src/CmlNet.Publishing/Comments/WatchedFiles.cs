using System.Globalization;
using CmlNet.Publishing.Markdown;

namespace CmlNet.Publishing.Comments;

/// <summary>What a watcher looks at, as one text that changes when a file does. Polled: file events are lost on network and container mounts.</summary>
/// <param name="reports">Absolute paths of the report's files.</param>
internal sealed class WatchedFiles(IReadOnlyList<string> reports)
{
    private const long LargestReport = 16 * 1024 * 1024;

    // A long report is not read again every half second, next to a training that needs the processor.
    private readonly Dictionary<string, (string Stamp, string[] Files)> _known = new(StringComparer.Ordinal);

    /// <summary>A report's files, and the local files they link to.</summary>
    public string Fingerprint() => string.Join('\n', reports.SelectMany(Files).Distinct(StringComparer.Ordinal).Select(Stamp));

    private IEnumerable<string> Files(string report)
    {
        string stamp = Stamp(report);
        if (!_known.TryGetValue(report, out (string Stamp, string[] Files) known) || known.Stamp != stamp)
            _known[report] = known = (stamp, [report, .. Linked(report)]);
        return known.Files;
    }

    private static IEnumerable<string> Linked(string report)
    {
        string directory = Path.GetDirectoryName(report) ?? "/";
        return (LinkFinder.Find(ReadText(report)) ?? [])
            .Where(t => LocalReference.IsLocal(t.Url))
            .SelectMany(t => LocalReference.Readings(t.Url))
            .Select(r => Path.GetFullPath(Path.Combine(directory, r.Path.Replace("\0", "", StringComparison.Ordinal))));
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
