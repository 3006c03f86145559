using System.Text.RegularExpressions;

namespace CmlNet.Publishing.Markdown;

/// <summary>A link target as the file name it may be.</summary>
internal static partial class LocalReference
{
    private const int LongestPath = 4096;

    /// <summary>It names something on this machine: no scheme, no host, not only a fragment or query.</summary>
    public static bool IsLocal(string url) =>
        url.Length is > 0 and <= LongestPath && url[0] is not ('#' or '?') && !url.StartsWith("//", StringComparison.Ordinal)
        && !url.StartsWith(@"\\", StringComparison.Ordinal) && !Scheme().IsMatch(url);

    /// <summary>
    /// The readings of a target, likeliest first, with the fragment to keep: as written, percent-decoded, and both without
    /// <c>?query</c> and <c>#fragment</c>. A query told the old server something and is dropped; a fragment is the browser's business and stays.
    /// </summary>
    public static IEnumerable<(string Path, string Fragment)> Readings(string url)
    {
        yield return (url, "");
        string decoded = Uri.UnescapeDataString(url);
        if (decoded != url)
            yield return (decoded, "");
        int hash = url.IndexOf('#', StringComparison.Ordinal);
        string fragment = hash < 0 ? "" : url[hash..];
        int end = url.IndexOfAny(['?', '#']);
        if (end <= 0)
            yield break;
        yield return (url[..end], fragment);
        string bare = Uri.UnescapeDataString(url[..end]);
        if (bare != url[..end])
            yield return (bare, fragment);
    }

    // A scheme has at least two letters, so that 'C:' stays a drive.
    [GeneratedRegex("^[a-zA-Z][a-zA-Z0-9+.-]+:", RegexOptions.CultureInvariant, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Scheme();
}
