using System.Globalization;
using System.Text;

namespace CmlNet.Reports.Charts.Drawing;

/// <summary>Widths of labels in pixels: DejaVu Sans by its own table, East Asian characters at one em, a picture character with all its joined parts once.</summary>
internal static class TextMeasure
{
    // DejaVu Sans Bold runs wider than the regular face by 8 to 15 %, depending on the letter.
    private const double BoldFactor = 1.13;
    private const int UnknownAdvance = 1300;

    // Noto Color Emoji: 2550 of its 2048 units per em.
    private const int EmojiAdvance = 2550;

    public static double Width(string text, double size, bool bold = false)
    {
        double units = 0;
        for (int at = 0; at < text.Length;)
        {
            int length = ElementLength(text, at);
            units += Advance(text.AsSpan(at, length));
            at += length;
        }

        return units / DejaVuAdvances.UnitsPerEm * size * (bold ? BoldFactor : 1);
    }

    /// <summary>The text, or as much of it as fits followed by an ellipsis; never cuts what is seen as one character.</summary>
    public static string Fit(string text, double size, double width, bool bold = false)
    {
        if (Width(text, size, bold) <= width)
            return text;
        double room = width - Width("…", size, bold), used = 0;
        int end = 0;
        while (end < text.Length)
        {
            int length = ElementLength(text, end);
            used += Advance(text.AsSpan(end, length)) / (double)DejaVuAdvances.UnitsPerEm * size * (bold ? BoldFactor : 1);
            if (used > room)
                break;
            end += length;
        }

        return text[..end].TrimEnd() + "…";
    }

    private static int ElementLength(string text, int at) =>
        char.IsAscii(text[at]) && (at + 1 == text.Length || char.IsAscii(text[at + 1])) ? 1 : StringInfo.GetNextTextElementLength(text, at);

    private static int Advance(ReadOnlySpan<char> element)
    {
        int total = 0;
        bool emoji = element.Contains('\uFE0F');
        foreach (Rune rune in element.EnumerateRunes())
        {
            emoji |= IsEmoji(rune.Value);
            total += Advance(rune.Value);
        }

        return emoji ? EmojiAdvance : total;
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
        codePoint is (>= 0x300 and <= 0x36F) or (>= 0x200B and <= 0x200F) or (>= 0xFE00 and <= 0xFE0F) or 0xFEFF or (>= 0xE0100 and <= 0xE01EF);

    private static bool IsEmoji(int codePoint) => codePoint is >= 0x1F000 and <= 0x1FAFF;

    // East Asian wide blocks: one em each, twice a Latin letter.
    private static bool IsWide(int codePoint) =>
        codePoint is (>= 0x1100 and <= 0x115F) or (>= 0x2E80 and <= 0xA4CF) or (>= 0xAC00 and <= 0xD7A3) or (>= 0xF900 and <= 0xFAFF)
            or (>= 0xFE30 and <= 0xFE6F) or (>= 0xFF00 and <= 0xFFE6) or (>= 0x2600 and <= 0x27BF) or (>= 0x20000 and <= 0x3FFFD);
}
