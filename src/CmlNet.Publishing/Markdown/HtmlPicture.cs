using System.Text.RegularExpressions;

namespace CmlNet.Publishing.Markdown;

/// <summary>A block of HTML that is one picture, perhaps with variants for a dark page.</summary>
internal static partial class HtmlPicture
{
    /// <summary>The block's place without the line end; null where it holds something else, or pictures more than one.</summary>
    public static NotePlace? Alone(MappedText html)
    {
        string text = html.Text.TrimEnd();
        int start = text.Length - text.TrimStart().Length;
        if (start == text.Length || !Picture().IsMatch(text[start..]))
            return null;
        int from = html.SourceOf(start);
        return new NotePlace(from, html.SourceOf(text.Length - 1) + 1 - from, IsHtml: true);
    }

    [GeneratedRegex("""^(?:<picture>\s*(?:<source\s[^<>]*>\s*)*<img\s[^<>]*>\s*</picture>|<img\s[^<>]*>)$""", RegexOptions.CultureInvariant | RegexOptions.IgnoreCase | RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Picture();
}
