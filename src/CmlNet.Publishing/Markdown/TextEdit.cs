using System.Text;

namespace CmlNet.Publishing.Markdown;

/// <summary>The replacement of one span of a text.</summary>
internal sealed record TextEdit(int Start, int Length, string Replacement)
{
    /// <summary>Applies all edits. An edit that starts inside an earlier one's span is dropped: the earlier one took its place.</summary>
    public static string Apply(string text, IEnumerable<TextEdit> edits)
    {
        var result = new StringBuilder(text.Length);
        int at = 0;
        foreach (TextEdit edit in edits.OrderBy(e => e.Start).ThenByDescending(e => e.Length))
        {
            if (edit.Start < at)
                continue;
            result.Append(text, at, edit.Start - at).Append(edit.Replacement);
            at = edit.Start + edit.Length;
        }

        return result.Append(text, at, text.Length - at).ToString();
    }
}
