using System.Globalization;
using System.Text;

namespace CmlNet.Reports;

/// <summary>A line for standard error.</summary>
/// <param name="Text">One line, with the file it is about; free of control characters, whatever the file's names contain.</param>
/// <param name="IsFailure">A named input could not be used as asked; the process should not end with success.</param>
public sealed record ReportMessage(string Text, bool IsFailure = false)
{
    private const int LongestText = 2_000;

    public string Text { get; } = Printable(Text);

    // A column name may hold terminal escapes, or a line break followed by a workflow command.
    private static string Printable(string text)
    {
        var built = new StringBuilder(text.Length);
        foreach (Rune rune in text.EnumerateRunes())
        {
            if (built.Length > LongestText)
                return built.Append('…').ToString();
            bool hidden = Rune.IsControl(rune) || rune.Value is (>= 0x202A and <= 0x202E) or (>= 0x2066 and <= 0x2069) or 0x2028 or 0x2029;
            built.Append(hidden ? string.Create(CultureInfo.InvariantCulture, $"U+{rune.Value:X4}") : rune.ToString());
        }

        return built.ToString();
    }
}
