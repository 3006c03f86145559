namespace CmlNet.Workflows.Execution.Files;

/// <summary>The format of <c>GITHUB_ENV</c>, <c>GITHUB_OUTPUT</c> and <c>GITHUB_STATE</c>, read as the official runner does on Linux.</summary>
/// <remarks>Lines end with LF only, so a CR stays in the value. Empty lines between entries are skipped; inside a heredoc they belong to the value.</remarks>
internal static class EnvironmentFile
{
    private const string HeredocMark = "<<";

    /// <summary>Reads <c>NAME=value</c> and <c>NAME&lt;&lt;DELIMITER</c> entries in file order; a name may occur more than once (the last wins).</summary>
    /// <returns>One after the other: what stands before a wrong line counts, as in the official runner.</returns>
    /// <exception cref="EnvironmentFileException">While they are read: a line is neither, a name or delimiter is empty, or a heredoc is not closed.</exception>
    public static IEnumerable<KeyValuePair<string, string>> Parse(string text)
    {
        var cursor = new LineCursor(text);
        while (cursor.TryRead(out LineSpan line))
        {
            if (line.Length > 0)
                yield return ReadEntry(text, line, ref cursor);
        }
    }

    private static KeyValuePair<string, string> ReadEntry(string text, LineSpan line, ref LineCursor cursor)
    {
        ReadOnlySpan<char> content = text.AsSpan(line.Start, line.Length);
        int equals = content.IndexOf('=');
        int heredoc = content.IndexOf(HeredocMark, StringComparison.Ordinal);
        if (heredoc >= 0 && (equals < 0 || heredoc < equals))
            return ReadHeredoc(text, line, heredoc, ref cursor);

        if (equals < 0)
            throw new EnvironmentFileException(line.Number, "Invalid format: expected NAME=value or NAME<<DELIMITER.");
        if (equals == 0)
            throw new EnvironmentFileException(line.Number, "Invalid format: the name before '=' must not be empty.");
        return new(content[..equals].ToString(), content[(equals + 1)..].ToString());
    }

    private static KeyValuePair<string, string> ReadHeredoc(string text, LineSpan first, int mark, ref LineCursor cursor)
    {
        string name = text.Substring(first.Start, mark);
        string delimiter = text[(first.Start + mark + HeredocMark.Length)..(first.Start + first.Length)];
        if (name.Length == 0 || delimiter.Length == 0)
            throw new EnvironmentFileException(first.Number, "Invalid format: the name before '<<' and the delimiter after it must not be empty.");

        int start = cursor.Position;
        int end = start;
        while (cursor.TryRead(out LineSpan line))
        {
            if (text.AsSpan(line.Start, line.Length).SequenceEqual(delimiter))
                return new(name, text[start..Math.Max(start, end)]);
            if (!line.HasNewline)
                break;
            end = line.Start + line.Length;
        }

        throw new EnvironmentFileException(first.Number, $"Matching delimiter not found: the value of '{name}' must end with a line that is exactly the delimiter given after '<<'.");
    }

    private readonly record struct LineSpan(int Start, int Length, int Number, bool HasNewline);

    private struct LineCursor(string text)
    {
        private int _number;

        public int Position { get; private set; }

        public bool TryRead(out LineSpan line)
        {
            line = default;
            if (Position >= text.Length)
                return false;

            int newline = text.IndexOf('\n', Position);
            int end = newline < 0 ? text.Length : newline;
            line = new(Position, end - Position, ++_number, newline >= 0);
            Position = newline < 0 ? end : end + 1;
            return true;
        }
    }
}
