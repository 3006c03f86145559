using System.Collections.Frozen;
using System.Diagnostics.CodeAnalysis;
using System.Text;

namespace CmlNet.Reports.Html.Sanitizing;

/// <summary>
/// Decides on addresses after doing to them what a browser does before it looks at the scheme: control characters and
/// surrounding space go. What is judged is what is written out.
/// </summary>
internal static class UrlPolicy
{
    private static readonly FrozenSet<string> LinkSchemes = new[] { "http", "https", "mailto" }.ToFrozenSet(StringComparer.Ordinal);
    private static readonly FrozenSet<string> ImageSchemes = new[] { "http", "https" }.ToFrozenSet(StringComparer.Ordinal);

    /// <summary>The address as a link may have it (http, https, mailto, relative), or null.</summary>
    public static string? Link(string url) => Judge(url, LinkSchemes);

    /// <summary>The address as an image may have it (http, https, relative), or null.</summary>
    public static string? Image(string url) => Judge(url, ImageSchemes);

    /// <summary>Scheme in lower case, or null when the address is relative.</summary>
    [SuppressMessage("Globalization", "CA1308:Normalize strings to uppercase", Justification = "Schemes are lower case.")]
    public static string? Scheme(string url)
    {
        var end = url.AsSpan().IndexOfAny(":/?#\\");
        return end >= 0 && url[end] == ':' ? url[..end].ToLowerInvariant() : null;
    }

    public static string Clean(string url)
    {
        var output = new StringBuilder(url.Length);
        foreach (var c in url)
        {
            if (!char.IsControl(c) && !(c is '\u00AD' or (>= '\u200B' and <= '\u200F') or (>= '\u2028' and <= '\u202E') or '\uFEFF'))
                output.Append(c);
        }

        return output.ToString().Trim();
    }

    private static string? Judge(string url, FrozenSet<string> schemes)
    {
        var clean = Clean(url);
        // A colon before any slash makes a scheme; one that is not listed is refused even where a browser would take it for a path.
        return Scheme(clean) is not { } scheme || schemes.Contains(scheme) ? clean : null;
    }
}
