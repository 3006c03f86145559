using System.Globalization;

namespace CmlNet.Runner.Jobs;

/// <summary>
/// Names that a workflow gave, as they go into the journal, logs, pages and terminals: one line, without what would steer a
/// terminal or turn the direction of writing, and not endless.
/// </summary>
internal static class JobText
{
    private const int Longest = 200;

    public static string Clean(string? text)
    {
        if (string.IsNullOrEmpty(text))
            return "";
        // Half a pair becomes U+FFFD: it would not survive being written.
        string shown = string.Concat(text.EnumerateRunes().Take(Longest).Select(rune => IsShown(rune) ? rune.ToString() : " "));
        return shown.Trim();
    }

    private static bool IsShown(System.Text.Rune rune) => System.Text.Rune.GetUnicodeCategory(rune) is not (UnicodeCategory.Control or UnicodeCategory.Format or UnicodeCategory.LineSeparator or UnicodeCategory.ParagraphSeparator or UnicodeCategory.Surrogate or UnicodeCategory.PrivateUse or UnicodeCategory.OtherNotAssigned);
}
