using System.Text;
using Markdig.Syntax;

namespace CmlNet.Publishing.Markdown;

/// <summary>A piece of HTML taken out of Markdown, each character knowing where it stood in the source.</summary>
internal sealed record MappedText(string Text, Func<int, int> SourceOf)
{
    /// <summary>
    /// Inline HTML, which may run over lines whose quote marks and indentation the parser left out; null when it cannot be
    /// found in the source character by character.
    /// </summary>
    public static MappedText? Of(string markdown, int start, string tag)
    {
        int[] places = new int[tag.Length];
        int at = start;
        for (int i = 0; i < tag.Length; i++)
        {
            while (i > 0 && tag[i - 1] == '\n' && at < markdown.Length && markdown[at] != tag[i] && markdown[at] is ' ' or '\t' or '>')
                at++;
            if (at < 0 || at >= markdown.Length || markdown[at] != tag[i])
                return null;
            places[i] = at++;
        }

        return new MappedText(tag, i => places[i]);
    }

    /// <summary>The lines of an HTML block without the quote marks or indentation of the blocks around it.</summary>
    public static MappedText Of(HtmlBlock block)
    {
        var text = new StringBuilder();
        var starts = new List<(int InText, int InSource)>();
        for (int i = 0; i < block.Lines.Count; i++)
        {
            Markdig.Helpers.StringLine line = block.Lines.Lines[i];
            starts.Add((text.Length, line.Slice.Start));
            text.Append(line.Slice.AsSpan()).Append('\n');
        }

        return new MappedText(text.ToString(), at =>
        {
            int line = starts.FindLastIndex(s => s.InText <= at);
            return starts[line].InSource + at - starts[line].InText;
        });
    }
}
