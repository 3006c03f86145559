using System.Text;
using Markdig.Extensions.Tables;
using Markdig.Syntax;

namespace CmlNet.Publishing.Length;

/// <summary>A block that is too long by itself: a fence is closed and opened again, a table gets its head again, a list is split between items, text between lines.</summary>
internal static class OversizeUnit
{
    public static IEnumerable<string> Split(ReportUnit unit, int budget) => unit.Block switch
    {
        FencedCodeBlock fence => Fence(unit, fence, budget),
        Table => Rows(unit, budget),
        ListBlock list => List(unit, list, budget),
        ParagraphBlock or CodeBlock or null => Lines(unit.Text, budget),
        // Half of a quotation or of an HTML element is worse than none.
        _ => [LeftOut("block", unit.Text)],
    };

    private static string LeftOut(string what, string text) => FormattableString.Invariant($"_A {what} of {ReportSplitter.Bytes(text)} bytes is left out: it is longer than a comment may be._\n\n");

    private static IEnumerable<string> Fence(ReportUnit unit, FencedCodeBlock fence, int budget)
    {
        string[] lines = unit.Text.TrimEnd().Split('\n');
        string close = new(fence.FencedChar, fence.OpeningFencedCharCount);
        bool isClosed = lines.Length > 1 && lines[^1].Trim().Length >= close.Length && lines[^1].Trim().All(c => c == fence.FencedChar);
        IEnumerable<string> body = lines[1..(isClosed ? ^1 : ^0)].Select(l => l + "\n");
        string head = lines[0] + "\n";
        string tail = close + "\n\n";
        int room = budget - ReportSplitter.Bytes(head) - ReportSplitter.Bytes(tail);
        return room < budget / 2 ? [LeftOut("code block", unit.Text)] : Gather(body.SelectMany(l => Runes(l, room)), room).Select(chunk => head + (chunk.EndsWith('\n') ? chunk : chunk + "\n") + tail);
    }

    private static IEnumerable<string> Rows(ReportUnit unit, int budget)
    {
        string[] lines = unit.Text.TrimEnd().Split('\n');
        if (lines.Length < 2)
            return [LeftOut("table", unit.Text)];
        string head = $"{lines[0]}\n{lines[1]}\n";
        int room = budget - ReportSplitter.Bytes(head) - 1;
        if (room < budget / 2)
            return [LeftOut("table", unit.Text)];
        IEnumerable<string> rows = lines[2..].Select(l => l + "\n").Select(l => ReportSplitter.Bytes(l) <= room ? l : FormattableString.Invariant($"| _a row of {ReportSplitter.Bytes(l)} bytes is left out_ |\n"));
        return Gather(rows, room).Select(chunk => head + chunk + "\n");
    }

    private static IEnumerable<string> List(ReportUnit unit, ListBlock list, int budget)
    {
        int[] starts = [.. list.Select(item => Math.Clamp(item.Span.Start - unit.Start, 0, unit.Text.Length)).Select(at => at == 0 ? 0 : unit.Text.LastIndexOf('\n', at - 1) + 1)];
        for (int i = 0; i < starts.Length; i++)
        {
            string item = unit.Text[starts[i]..(i + 1 < starts.Length ? starts[i + 1] : unit.Text.Length)];
            bool isPlain = list[i] is ListItemBlock { Count: 1 } only && only[0] is ParagraphBlock;
            if (ReportSplitter.Bytes(item) <= budget)
                yield return item;
            else if (!isPlain)
                yield return LeftOut("list item", item);
            else
            {
                foreach (string piece in Lines(item, budget))
                    yield return piece;
            }
        }
    }

    private static IEnumerable<string> Lines(string text, int budget)
    {
        IEnumerable<string> lines = text.Split('\n').Select((l, i) => i == 0 ? l : "\n" + l);
        return Gather(lines.SelectMany(l => Runes(l, budget)), budget);
    }

    /// <summary>A line in pieces of whole characters.</summary>
    private static IEnumerable<string> Runes(string line, int budget)
    {
        if (ReportSplitter.Bytes(line) <= budget)
        {
            yield return line;
            yield break;
        }

        int start = 0;
        int size = 0;
        int at = 0;
        foreach (Rune rune in line.EnumerateRunes())
        {
            if (size + rune.Utf8SequenceLength > budget)
            {
                yield return line[start..at];
                (start, size) = (at, 0);
            }

            size += rune.Utf8SequenceLength;
            at += rune.Utf16SequenceLength;
        }

        yield return line[start..];
    }

    private static IEnumerable<string> Gather(IEnumerable<string> pieces, int budget)
    {
        var chunk = new StringBuilder();
        int size = 0;
        foreach (string piece in pieces)
        {
            int length = ReportSplitter.Bytes(piece);
            if (size > 0 && size + length > budget)
            {
                yield return chunk.ToString();
                chunk.Clear();
                size = 0;
            }

            chunk.Append(piece);
            size += length;
        }

        if (size > 0)
            yield return chunk.ToString();
    }
}
