using System.Text;

namespace CmlNet.Reports.Charts.Drawing;

/// <summary>Text that came from a job, made fit for XML: markup escaped, line breaks to spaces, what XML forbids or what reorders text replaced.</summary>
internal static class SvgText
{
    public static string Escape(string text)
    {
        var built = new StringBuilder(text.Length + 8);
        foreach (Rune rune in text.EnumerateRunes())
        {
            switch (rune.Value)
            {
                case '&': built.Append("&amp;"); break;
                case '<': built.Append("&lt;"); break;
                case '>': built.Append("&gt;"); break;
                case '"': built.Append("&quot;"); break;
                case '\'': built.Append("&#39;"); break;
                case '\n' or '\r' or '\t' or 0x85 or 0x2028 or 0x2029: built.Append(' '); break;
                case < 0x20 or (>= 0x7F and < 0xA0) or 0xFFFE or 0xFFFF or (>= 0x202A and <= 0x202E) or (>= 0x2066 and <= 0x2069): built.Append('\uFFFD'); break;
                default: built.Append(rune.ToString()); break;
            }
        }

        return built.ToString();
    }

    /// <summary>One line for measuring and cutting: what <see cref="Escape"/> would show, without the escapes.</summary>
    public static string OneLine(string text)
    {
        var built = new StringBuilder(text.Length);
        foreach (Rune rune in text.EnumerateRunes())
        {
            bool space = rune.Value is '\n' or '\r' or '\t' or 0x85 or 0x2028 or 0x2029;
            built.Append(space ? " " : rune.ToString());
        }

        return built.ToString().Trim();
    }
}
