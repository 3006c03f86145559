using System.Text;
using System.Text.RegularExpressions;

namespace CmlNet.Workflows.Execution.Files.Search;

/// <summary>One line of a <c>path:</c> list: <c>*</c>, <c>?</c>, <c>[…]</c> within a name, <c>**</c> for any folders, <c>!</c> in front takes back. What is below a match matches too.</summary>
internal sealed class SearchPattern
{
    private readonly Regex _regex;

    /// <param name="path">Absolute, normalised, with wildcards.</param>
    /// <param name="isNegated">It takes back what earlier lines gave.</param>
    public SearchPattern(string path, bool isNegated)
    {
        IsNegated = isNegated;
        string[] segments = path.Split('/', StringSplitOptions.RemoveEmptyEntries);
        Root = "/" + string.Join('/', segments.TakeWhile(segment => segment.AsSpan().IndexOfAny('*', '?', '[') < 0));
        // Non-backtracking: a pattern comes from a repository and must not hang.
        _regex = new Regex(Translate(segments), RegexOptions.NonBacktracking | RegexOptions.CultureInvariant | RegexOptions.Singleline);
    }

    public bool IsNegated { get; }

    /// <summary>The folder or file to start from: what comes before the first wildcard.</summary>
    public string Root { get; }

    public bool IsMatch(string path) => _regex.IsMatch(path);

    private static string Translate(string[] segments)
    {
        var regex = new StringBuilder(@"\A");
        foreach (string segment in segments)
        {
            if (segment == "**")
                regex.Append("(?:/[^/]+)*");
            else
                Append(regex.Append('/'), segment);
        }
        return regex.Append(@"(?:/.*)?\z").ToString();
    }

    private static void Append(StringBuilder regex, string segment)
    {
        for (int i = 0; i < segment.Length; i++)
        {
            char c = segment[i];
            int end = c == '[' ? segment.IndexOf(']', i + 1) : -1;
            if (c == '*')
                regex.Append("[^/]*");
            else if (c == '?')
                regex.Append("[^/]");
            else if (end > i + 1)
            {
                string inner = segment[(i + 1)..end];
                bool not = inner[0] is '!' or '^';
                inner = (not ? inner[1..] : inner).Replace(@"\", @"\\", StringComparison.Ordinal).Replace("[", @"\[", StringComparison.Ordinal).Replace("^", @"\^", StringComparison.Ordinal);
                regex.Append(inner.Length == 0 ? Regex.Escape(segment[i..(end + 1)]) : $"[{(not ? "^/" : "")}{inner}]");
                i = end;
            }
            else
                regex.Append(Regex.Escape(c.ToString()));
        }
    }
}
