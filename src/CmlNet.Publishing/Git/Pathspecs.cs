namespace CmlNet.Publishing.Git;

/// <summary>Shell-like patterns as git's: <c>**</c> crosses directories, <c>*</c> does not, <c>{a,b}</c> is either, <c>!x</c> takes away, a directory means what is in it.</summary>
internal static class Pathspecs
{
    public static IReadOnlyList<string> From(IEnumerable<string> patterns) => [.. patterns.Where(p => p.Length > 0).SelectMany(Expand).Select(Magic)];

    private static string Magic(string pattern) => pattern switch
    {
        // Git's own notation passes.
        _ when pattern[0] == ':' => pattern,
        _ when pattern[0] == '!' => ":(exclude,glob)" + Plain(pattern[1..]),
        _ => ":(glob)" + Plain(pattern),
    };

    private static string Plain(string pattern) => pattern.StartsWith("./", StringComparison.Ordinal) && pattern.Length > 2 ? pattern[2..] : pattern;

    /// <summary>Braces, which git does not know; inner ones are expanded in turn.</summary>
    private static IEnumerable<string> Expand(string pattern)
    {
        int open = pattern.IndexOf('{', StringComparison.Ordinal);
        int depth = 0;
        var commas = new List<int>();
        for (int i = open; i >= 0 && i < pattern.Length; i++)
        {
            if (pattern[i] == '{')
                depth++;
            else if (pattern[i] == ',' && depth == 1)
                commas.Add(i);
            else if (pattern[i] == '}' && --depth == 0)
                return commas.Count == 0 ? [pattern] : Alternatives(pattern, open, i, commas);
        }

        return [pattern];
    }

    private static IEnumerable<string> Alternatives(string pattern, int open, int close, List<int> commas)
    {
        int start = open + 1;
        foreach (int end in commas.Append(close))
        {
            foreach (string expanded in Expand(string.Concat(pattern.AsSpan(0, open), pattern.AsSpan(start, end - start), pattern.AsSpan(close + 1))))
                yield return expanded;
            start = end + 1;
        }
    }
}
