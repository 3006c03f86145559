namespace CmlNet.Workflows.Execution.Files;

/// <summary>The format of <c>GITHUB_PATH</c>: one directory per line.</summary>
internal static class PathFile
{
    /// <summary>Entries in file order. Lines end with LF, CR or CRLF (as here only, the runner reads this file by lines); empty ones are skipped.</summary>
    public static IReadOnlyList<string> Parse(string text)
    {
        var entries = new List<string>();
        foreach (ReadOnlySpan<char> line in SplitLines(text))
        {
            if (!line.IsEmpty)
                entries.Add(line.ToString());
        }

        return entries;
    }

    // Not EnumerateLines(): that also splits at form feeds and Unicode line separators.
    private static LineEnumerator SplitLines(string text) => new(text);

    private ref struct LineEnumerator(ReadOnlySpan<char> rest)
    {
        private ReadOnlySpan<char> _rest = rest;

        public ReadOnlySpan<char> Current { get; private set; }

        public readonly LineEnumerator GetEnumerator() => this;

        public bool MoveNext()
        {
            if (_rest.IsEmpty)
                return false;
            int end = _rest.IndexOfAny('\r', '\n');
            Current = end < 0 ? _rest : _rest[..end];
            _rest = end < 0 ? [] : _rest[(end + 1)..];
            return true;
        }
    }
}
