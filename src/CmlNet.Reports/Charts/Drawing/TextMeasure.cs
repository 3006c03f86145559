using System.Text;

namespace CmlNet.Reports.Charts.Drawing;

/// <summary>Widths of labels as DejaVu Sans sets them, in pixels.</summary>
internal static class TextMeasure
{
    // DejaVu Sans Bold runs wider than the regular face by 8 to 15 %, depending on the letter.
    private const double BoldFactor = 1.13;
    private const int UnknownAdvance = 1300;

    public static double Width(string text, double size, bool bold = false)
    {
        double units = 0;
        foreach (Rune rune in text.EnumerateRunes())
            units += Advance(rune.Value);
        return units / DejaVuAdvances.UnitsPerEm * size * (bold ? BoldFactor : 1);
    }

    /// <summary>The text, or as much of it as fits followed by an ellipsis; never cuts a surrogate pair in two.</summary>
    public static string Fit(string text, double size, double width, bool bold = false)
    {
        if (Width(text, size, bold) <= width)
            return text;
        double room = width - Width("…", size, bold);
        int end = 0;
        double used = 0;
        foreach (Rune rune in text.EnumerateRunes())
        {
            used += (double)Advance(rune.Value) / DejaVuAdvances.UnitsPerEm * size * (bold ? BoldFactor : 1);
            if (used > room)
                break;
            end += rune.Utf16SequenceLength;
        }

        return text[..end].TrimEnd() + "…";
    }

    private static int Advance(int codePoint)
    {
        int known = DejaVuAdvances.Of(codePoint);
        if (known > 0)
            return known;
        if (IsInvisible(codePoint))
            return 0;
        return IsWide(codePoint) ? DejaVuAdvances.UnitsPerEm : UnknownAdvance;
    }

    private static bool IsInvisible(int codePoint) =>
        codePoint is (>= 0x300 and <= 0x36F) or (>= 0x200B and <= 0x200F) or (>= 0xFE00 and <= 0xFE0F) or 0xFEFF;

    // East Asian wide and emoji blocks: one em each, twice a Latin letter.
    private static bool IsWide(int codePoint) =>
        codePoint is (>= 0x1100 and <= 0x115F) or (>= 0x2E80 and <= 0xA4CF) or (>= 0xAC00 and <= 0xD7A3) or (>= 0xF900 and <= 0xFAFF)
            or (>= 0xFE30 and <= 0xFE6F) or (>= 0xFF00 and <= 0xFFE6) or (>= 0x2600 and <= 0x27BF) or (>= 0x1F000 and <= 0x1FAFF) or (>= 0x20000 and <= 0x3FFFD);
}
