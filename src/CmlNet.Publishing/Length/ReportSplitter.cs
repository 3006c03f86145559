using System.Text;

namespace CmlNet.Publishing.Length;

/// <summary>
/// Makes a report fit: collapsed sections are cut, the last first; what is still too long is split on block borders. Sizes are
/// UTF-8 bytes, which is what code hosts count. No piece holds half of a table, of a fence or of a character.
/// </summary>
internal static class ReportSplitter
{
    /// <summary>The report in one or more pieces.</summary>
    /// <param name="markdown">GitHub-flavoured Markdown.</param>
    /// <param name="budget">Largest piece in bytes; at least 512.</param>
    public static IReadOnlyList<string> Split(string markdown, int budget)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(budget, 512);
        if (Bytes(markdown) <= budget)
            return [markdown];
        string cut = CollapsedSections.Cut(markdown, budget);
        return Bytes(cut) <= budget ? [cut] : Pack(ReportUnits.Of(cut), budget);
    }

    /// <summary>A report for readers who find all of it elsewhere, or in the pieces: nothing is left out that they find nowhere.</summary>
    /// <param name="markdown">GitHub-flavoured Markdown.</param>
    /// <param name="budget">Largest piece in bytes; at least 512.</param>
    /// <param name="whole">Where all of it is; null where it is nowhere else.</param>
    public static IReadOnlyList<string> SplitWhole(string markdown, int budget, string? whole)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(budget, 512);
        if (Bytes(markdown) <= budget)
            return [markdown];
        string cut = whole is null ? markdown : CollapsedSections.Cut(markdown, budget, whole);
        return Bytes(cut) <= budget ? [cut] : Pack(ReportUnits.Of(cut), budget);
    }

    internal static int Bytes(string text) => Encoding.UTF8.GetByteCount(text);

    private static List<string> Pack(IEnumerable<ReportUnit> units, int budget)
    {
        var parts = new List<string>();
        var part = new StringBuilder();
        int size = 0;
        foreach (string piece in units.SelectMany(u => Bytes(u.Text) <= budget ? [u.Text] : OversizeUnit.Split(u, budget)))
        {
            int length = Bytes(piece);
            if (size + length > budget)
            {
                Add(parts, part);
                size = 0;
            }

            part.Append(piece);
            size += length;
        }

        Add(parts, part);
        return parts;
    }

    private static void Add(List<string> parts, StringBuilder part)
    {
        string text = part.ToString().TrimEnd();
        if (text.Length > 0)
            parts.Add(text.Length < part.Length ? text + "\n" : text);
        part.Clear();
    }
}
