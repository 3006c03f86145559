using CmlNet.Publishing.Markdown;
using Markdig.Extensions.Footnotes;
using Markdig.Syntax;

namespace CmlNet.Publishing.Length;

/// <summary>A report as the units that stay together; in order they are the report.</summary>
internal static class ReportUnits
{
    public static IReadOnlyList<ReportUnit> Of(string markdown)
    {
        var units = new List<ReportUnit>();
        int at = 0;
        foreach (Block block in Blocks(markdown))
        {
            int start = LineStart(markdown, block.Span.Start);
            if (start < at)
                continue;
            if (start > at)
                units.Add(new ReportUnit(markdown[at..start], null, at));
            at = BlankEnd(markdown, block.Span.End + 1);
            units.Add(new ReportUnit(markdown[start..at], block, start));
        }

        if (at < markdown.Length)
            units.Add(new ReportUnit(markdown[at..], null, at));
        return units;
    }

    private static IEnumerable<Block> Blocks(string markdown) => ((IEnumerable<Block>?)MarkdownReader.Read(markdown) ?? [])
        .Where(b => b is not (LinkReferenceDefinitionGroup or FootnoteGroup) && !b.Span.IsEmpty)
        .OrderBy(b => b.Span.Start);

    private static int LineStart(string text, int at) => at == 0 ? 0 : text.LastIndexOf('\n', at - 1) + 1;

    /// <summary>Behind the line's end and the blank lines that follow.</summary>
    private static int BlankEnd(string text, int at)
    {
        int end = at;
        for (int i = at; ; i++)
        {
            if (i >= text.Length)
                return text.Length;
            if (text[i] == '\n')
                end = i + 1;
            else if (!char.IsWhiteSpace(text[i]) && end > at)
                return end;
        }
    }
}
