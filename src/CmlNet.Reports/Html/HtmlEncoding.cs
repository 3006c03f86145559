using System.Globalization;
using System.Text;

namespace CmlNet.Reports.Html;

/// <summary>
/// Turns any UTF-16 text, valid or not, into HTML that a browser reads back as the same text: markup characters become
/// references, lone surrogates and noncharacters U+FFFD, and control characters never reach the page.
/// </summary>
internal static class HtmlEncoding
{
    /// <summary>Prose and attribute values of a comment: control characters are dropped, everything visible is kept.</summary>
    public static string Text(string text) => Encode(text, visibleControls: false);

    /// <summary>
    /// Names and log lines, where something unseen could deceive: control characters show as their Unicode pictures and
    /// bidirectional overrides as <c>[U+202E]</c>, so that a line reads in the order it was written.
    /// </summary>
    public static string Label(string text) => Encode(text, visibleControls: true);

    private static string Encode(string text, bool visibleControls)
    {
        var output = new StringBuilder(text.Length + (text.Length / 8) + 16);
        for (var i = 0; i < text.Length; i++)
        {
            var c = text[i];
            if (char.IsSurrogate(c))
            {
                if (char.IsHighSurrogate(c) && i + 1 < text.Length && char.IsLowSurrogate(text[i + 1]))
                    output.Append(c).Append(text[++i]);
                else
                    output.Append('\uFFFD');
            }
            else
            {
                AppendChar(output, c, visibleControls);
            }
        }

        return output.ToString();
    }

    private static void AppendChar(StringBuilder output, char c, bool visibleControls)
    {
        switch (c)
        {
            case '&': output.Append("&amp;"); break;
            case '<': output.Append("&lt;"); break;
            case '>': output.Append("&gt;"); break;
            case '"': output.Append("&quot;"); break;
            case '\'': output.Append("&#39;"); break;
            case '\t' or '\n': output.Append(c); break;
            case < ' ' when visibleControls: output.Append((char)(0x2400 + c)); break;
            case '\u007F' when visibleControls: output.Append('\u2421'); break;
            case < ' ' or (>= '\u007F' and <= '\u009F'): break;
            case '\uFFFE' or '\uFFFF' or (>= '\uFDD0' and <= '\uFDEF'): output.Append('\uFFFD'); break;
            default:
                if (visibleControls && IsBidiControl(c))
                    output.Append(CultureInfo.InvariantCulture, $"[U+{(int)c:X4}]");
                else
                    output.Append(c);
                break;
        }
    }

    private static bool IsBidiControl(char c) => c is '\u061C' or '\u200E' or '\u200F' or (>= '\u202A' and <= '\u202E') or (>= '\u2066' and <= '\u2069');
}
