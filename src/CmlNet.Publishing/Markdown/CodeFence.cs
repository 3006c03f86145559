using Markdig.Syntax;

namespace CmlNet.Publishing.Markdown;

/// <summary>Code blocks between fences.</summary>
internal static class CodeFence
{
    /// <summary>The fence that the next line is behind; <see langword="null"/> for none.</summary>
    /// <param name="line">A line.</param>
    /// <param name="fence">The fence that it is behind itself.</param>
    public static string? After(ReadOnlySpan<char> line, string? fence)
    {
        int indent = line.IndexOfAnyExcept(' ');
        if (indent is < 0 or > 3 || line[indent] is not ('`' or '~'))
            return fence;
        ReadOnlySpan<char> rest = line[indent..];
        int length = rest.IndexOfAnyExcept(rest[0]);
        length = length < 0 ? rest.Length : length;
        if (length < 3)
            return fence;
        // With a backtick behind them, backticks are code within a line.
        if (fence is null)
            return rest[0] == '`' && rest[length..].Contains('`') ? null : rest[..length].ToString();
        return rest[0] == fence[0] && length >= fence.Length && rest[length..].IsWhiteSpace() ? null : fence;
    }

    /// <summary>The report with its last code block closed, so that what is put behind it is not code too; as it is where none is open.</summary>
    public static string Close(string markdown)
    {
        // Lines tell quickly that nothing is open, and cannot tell for certain that something is.
        string? fence = null;
        foreach (ReadOnlySpan<char> line in markdown.AsSpan().EnumerateLines())
            fence = After(line, fence);
        if (fence is null || MarkdownReader.Read(markdown)?.LastOrDefault(b => !b.Span.IsEmpty) is not FencedCodeBlock { ClosingFencedCharCount: 0 } open)
            return markdown;
        return $"{markdown}{(markdown.EndsWith('\n') ? "" : "\n")}{new string(open.FencedChar, open.OpeningFencedCharCount)}\n";
    }
}
