using System.Collections.Concurrent;
using System.Text;
using System.Text.RegularExpressions;
using CmlNet.Publishing.Assets;

namespace CmlNet.Publishing.Markdown;

/// <summary>
/// Which file is where, as a line of a comment that nobody sees: <c>&lt;!-- cml files: digest=address … --&gt;</c>. A later run takes
/// the addresses from there, so that a report that has not changed is neither uploaded nor posted again.
/// </summary>
/// <param name="addressStart">What an address has to begin with; others are no addresses of the store.</param>
internal sealed partial class FileRecord(string addressStart)
{
    private const string Start = "<!-- cml files:";
    private const int DigestLength = 16;

    private readonly ConcurrentDictionary<string, string> _known = new(StringComparer.Ordinal);
    private readonly ConcurrentDictionary<string, string> _used = new(StringComparer.Ordinal);

    /// <summary>A record for a store that needs one; null for others.</summary>
    public static FileRecord? For(IAssetStore? store) => store is IForgetfulStore { AddressStart: { } start } ? new FileRecord(start) : null;

    /// <summary>Takes what own comments tell; the newest counts.</summary>
    public void Learn(IEnumerable<string> bodies)
    {
        foreach (string body in bodies.Where(b => b.Contains(Start, StringComparison.Ordinal)))
        {
            foreach (Match entry in Line().Matches(body).SelectMany(line => Entry().Matches(line.Value)))
            {
                if (entry.Groups["address"].Value is var address && address.StartsWith(addressStart, StringComparison.Ordinal))
                    _known[entry.Groups["digest"].Value] = address;
            }
        }
    }

    /// <summary>Where the file is already; null where it has to be stored.</summary>
    public string? Find(Asset asset)
    {
        string digest = DigestOf(asset);
        return _known.TryGetValue(digest, out string? address) ? _used[digest] = address : null;
    }

    /// <summary>Tells where a file is now.</summary>
    public void Add(Asset asset, string address)
    {
        if (Address().IsMatch(address) && address.StartsWith(addressStart, StringComparison.Ordinal))
            _used[DigestOf(asset)] = address;
    }

    /// <summary>The report with the record of its files, before the mark that will end it.</summary>
    public string AddTo(string report)
    {
        if (_used.IsEmpty)
            return report;
        var line = new StringBuilder(CodeFence.Close(report).TrimEnd()).Append("\n\n").Append(Start);
        foreach ((string digest, string address) in _used.OrderBy(e => e.Key, StringComparer.Ordinal))
            line.Append(' ').Append(digest).Append('=').Append(address);
        return line.Append(" -->").ToString();
    }

    /// <summary>By name and type too: they are what a reader gets who saves the file.</summary>
    private static string DigestOf(Asset asset) =>
        Sha256.Hex(Encoding.UTF8.GetBytes($"{asset.FileName}\n{asset.MediaType}\n{Sha256.Hex(asset.Content.Span)}"))[..DigestLength];

    [GeneratedRegex("^<!-- cml files:[^\\n>]* -->", RegexOptions.CultureInvariant | RegexOptions.Multiline, matchTimeoutMilliseconds: 5000)]
    private static partial Regex Line();

    [GeneratedRegex(" (?<digest>[0-9a-f]{16})=(?<address>[^\\s<>\"'()]+)", RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 5000)]
    private static partial Regex Entry();

    [GeneratedRegex("^[^\\s<>\"'()]+\\z", RegexOptions.CultureInvariant, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Address();
}
