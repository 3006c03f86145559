using System.Globalization;
using System.Text;

namespace CmlNet.Reports;

/// <summary>Text for a terminal or a log: a name in a file may hold terminal escapes, or a line break followed by a workflow command.</summary>
internal static class PrintableText
{
    /// <summary>Control characters, and those that turn the direction of text, as their numbers.</summary>
    /// <param name="text">Of any origin.</param>
    /// <param name="longest">More characters than this are cut off.</param>
    public static string Of(string text, int longest = int.MaxValue)
    {
        if (text.Length <= longest && !text.Any(IsUnusual))
            return text;
        var built = new StringBuilder(text.Length);
        foreach (Rune rune in text.EnumerateRunes())
        {
            if (built.Length > longest)
                return built.Append('…').ToString();
            built.Append(rune.IsBmp && IsHidden((char)rune.Value) ? string.Create(CultureInfo.InvariantCulture, $"U+{rune.Value:X4}") : rune.ToString());
        }

        return built.ToString();
    }

    // A lone surrogate becomes the replacement character.
    private static bool IsUnusual(char c) => IsHidden(c) || char.IsSurrogate(c);

    private static bool IsHidden(char c) => char.IsControl(c) || c is (>= '\u202A' and <= '\u202E') or (>= '\u2066' and <= '\u2069') or '\u2028' or '\u2029';
}
