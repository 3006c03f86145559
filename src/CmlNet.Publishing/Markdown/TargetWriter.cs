using System.Net;
using System.Text;

namespace CmlNet.Publishing.Markdown;

/// <summary>Writes a URL so that it can end neither the link it stands in nor the table cell around it.</summary>
internal static class TargetWriter
{
    private const string Allowed = "-._~:/?#[]@!$&*+,;=%";

    public static string Write(string url, TargetSyntax syntax)
    {
        var text = new StringBuilder(url.Length);
        foreach (Rune rune in url.EnumerateRunes())
        {
            if (rune.IsAscii && (char.IsAsciiLetterOrDigit((char)rune.Value) || Allowed.Contains((char)rune.Value, StringComparison.Ordinal)))
                text.Append((char)rune.Value);
            else
                AppendEscaped(text, rune);
        }

        return syntax == TargetSyntax.Markdown ? text.ToString() : WebUtility.HtmlEncode(text.ToString());
    }

    /// <summary>A sentence about a file that is not there, harmless wherever it is put.</summary>
    public static string Note(NotePlace place, string fileName, string reason)
    {
        string name = new([.. fileName.Select(c => char.IsLetterOrDigit(c) || c is '.' or '-' or '_' or '/' or ' ' ? c : '_')]);
        string space = place.Length == 0 ? " " : "";
        return place.IsHtml
            ? $"{space}<em>{WebUtility.HtmlEncode(name)} was not published: {WebUtility.HtmlEncode(reason)}</em>"
            : $"{space}*`{name}` was not published: {reason}*";
    }

    private static void AppendEscaped(StringBuilder text, Rune rune)
    {
        Span<byte> bytes = stackalloc byte[4];
        int length = rune.EncodeToUtf8(bytes);
        foreach (byte value in bytes[..length])
            text.Append('%').Append(value.ToString("X2", System.Globalization.CultureInfo.InvariantCulture));
    }
}
