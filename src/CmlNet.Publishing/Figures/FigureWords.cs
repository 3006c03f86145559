using System.Globalization;

namespace CmlNet.Publishing.Figures;

/// <summary>Names and numbers of a figure as text that is harmless in Markdown, in HTML, in a table and in a Mermaid diagram.</summary>
internal static class FigureWords
{
    private const string Blocks = "▁▂▃▄▅▆▇█";
    private const string Allowed = " .-+/()%=:;,?→";
    private const int LongestName = 60;

    /// <summary>Letters, digits and a few signs; an underscore for each other character.</summary>
    public static string Clean(string text, int longest = LongestName)
    {
        string clean = new([.. text.Trim().Select(c => char.IsLetterOrDigit(c) || Allowed.Contains(c, StringComparison.Ordinal) ? c : '_')]);
        return clean.Length > longest ? clean[..longest] + "…" : clean;
    }

    /// <summary>As code, in which underscores and numbers mean nothing else.</summary>
    public static string Code(string text) => text.Length == 0 ? "" : $"`{Clean(text)}`";

    public static string Number(double value) => value.ToString("G4", CultureInfo.InvariantCulture);

    /// <summary>A character for each number, or for each group of neighbours where there are more than <paramref name="longest"/>.</summary>
    public static string Sparkline(IReadOnlyList<double> values, int longest = 24)
    {
        if (values.Count == 0)
            return "";
        int count = Math.Min(values.Count, longest);
        double[] shown = [.. Enumerable.Range(0, count).Select(i => Mean(values, i * values.Count / count, (i + 1) * values.Count / count))];
        double low = shown.Min(), span = shown.Max() - low;
        return string.Concat(shown.Select(v => span > 0 && double.IsFinite(span) ? Blocks[Math.Clamp((int)((v - low) / span * Blocks.Length), 0, Blocks.Length - 1)] : Blocks[3]));
    }

    private static double Mean(IReadOnlyList<double> values, int from, int to)
    {
        double sum = 0;
        for (int i = from; i < to; i++)
            sum += values[i];
        return sum / (to - from);
    }
}
