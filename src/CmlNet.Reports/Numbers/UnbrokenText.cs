using System.Text.RegularExpressions;

namespace CmlNet.Reports.Numbers;

/// <summary>Cells of a table, which GitHub's narrow column and phones break at every space: a number stays with its unit, an interval is one piece, a mark stays with its word.</summary>
internal static partial class UnbrokenText
{
    // Longer ones are prose.
    private const int LongestCell = 300;

    /// <summary>The same text with no-break spaces (U+00A0) where a line should not end.</summary>
    public static string Of(string text) => text.Length <= LongestCell && text.Contains(' ', StringComparison.Ordinal) ? Joint.Replace(text, "\u00A0") : text;

    [GeneratedRegex(
        """
        (?<=[0-9])[ ](?=(%|ms|s|min|h|B|[kKMGT]i?B)(?![A-Za-z0-9]))  # 12.5 %, 300 kB
        |(?<=[≤≥<>=])[ ](?=[-+]?[0-9])|(?<=\b[pn])[ ](?=[=<≥])       # ≤ 0.5, p = 0.03
        |(?<=[0-9])[ ](?=to[ ][-+]?[0-9])|(?<=[0-9][ ]to)[ ](?=[-+]?[0-9])  # -0.1 to +0.2
        |(?<=[✅❌▲▼\uFE0F])[ ]
        |(?<=\b(drop|rise))[ ](?=≤)|(?<=\bwithin)[ ](?=noise\b)|(?<=\bnot)[ ](?=judged\b)
        """, RegexOptions.IgnorePatternWhitespace | RegexOptions.ExplicitCapture | RegexOptions.CultureInvariant, matchTimeoutMilliseconds: 10_000)]
    private static partial Regex Joint { get; }
}
