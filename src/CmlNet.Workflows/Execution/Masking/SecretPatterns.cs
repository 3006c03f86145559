using System.Buffers;

namespace CmlNet.Workflows.Execution.Masking;

/// <summary>An immutable set of strings to find, searched with the vectorised multi-string search of the framework.</summary>
internal sealed class SecretPatterns
{
    private readonly SearchValues<string> _search;
    private readonly Dictionary<char, string[]> _byFirst;

    public SecretPatterns(IReadOnlyCollection<string> values)
    {
        Values = values;
        LongestLength = values.Max(static value => value.Length);
        _search = SearchValues.Create([.. values], StringComparison.Ordinal);
        _byFirst = values.GroupBy(static value => value[0])
            .ToDictionary(static group => group.Key, static group => group.OrderByDescending(static value => value.Length).ToArray());
    }

    public IReadOnlyCollection<string> Values { get; }

    public int LongestLength { get; }

    /// <summary>Adds the span of every occurrence, overlapping ones merged.</summary>
    public void Find(ReadOnlySpan<char> text, List<TextSpan> found)
    {
        int start = -1;
        int end = -1;
        int from = 0;
        while (from < text.Length)
        {
            int offset = text[from..].IndexOfAny(_search);
            if (offset < 0)
                break;

            int at = from + offset;
            int matchEnd = at + LongestAt(text[at..]);
            if (start >= 0 && at > end)
            {
                found.Add(new TextSpan(start, end));
                start = -1;
            }

            start = start < 0 ? at : start;
            end = Math.Max(end, matchEnd);
            from = at + 1;
        }

        if (start >= 0)
            found.Add(new TextSpan(start, end));
    }

    private int LongestAt(ReadOnlySpan<char> text)
    {
        foreach (string value in _byFirst[text[0]])
        {
            if (text.StartsWith(value, StringComparison.Ordinal))
                return value.Length;
        }

        return 0;
    }
}
