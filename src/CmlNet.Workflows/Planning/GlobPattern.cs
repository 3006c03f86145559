using System.Text;
using System.Text.RegularExpressions;

namespace CmlNet.Workflows.Planning;

/// <summary>
/// A filter pattern of <c>branches</c>, <c>tags</c> and <c>paths</c>: <c>*</c> any but slash, <c>**</c> any, <c>?</c> and <c>+</c> repeat what comes before,
/// <c>[…]</c> one of, <c>\</c> escapes, a leading <c>!</c> takes back.
/// </summary>
internal sealed class GlobPattern
{
    private readonly Regex _regex;

    /// <exception cref="ArgumentException">The pattern is not closed, repeats nothing or is too long.</exception>
    public GlobPattern(string pattern)
    {
        ArgumentNullException.ThrowIfNull(pattern);
        Text = pattern;
        IsNegated = pattern.StartsWith('!');
        // Non-backtracking: a pattern comes from a repository and must not hang.
        try
        {
            _regex = new Regex(Translate(IsNegated ? pattern[1..] : pattern), RegexOptions.NonBacktracking | RegexOptions.CultureInvariant | RegexOptions.Singleline);
        }
        catch (NotSupportedException e)
        {
            throw new ArgumentException("The pattern is too long", nameof(pattern), e);
        }
    }

    public string Text { get; }

    public bool IsNegated { get; }

    public bool IsMatch(string value) => _regex.IsMatch(value);

    /// <summary>Patterns in order, the last that matches decides: whether the value is in.</summary>
    public static bool Includes(IReadOnlyList<GlobPattern> patterns, string value)
    {
        ArgumentNullException.ThrowIfNull(patterns);
        bool included = false;
        foreach (GlobPattern pattern in patterns)
        {
            if (pattern.IsMatch(value))
                included = !pattern.IsNegated;
        }

        return included;
    }

    private static string Translate(string pattern)
    {
        var regex = new StringBuilder(@"\A");
        for (int i = 0; i < pattern.Length; i++)
        {
            char c = pattern[i];
            switch (c)
            {
                case '*' when i + 1 < pattern.Length && pattern[i + 1] == '*':
                    i++;
                    // "**/" also stands for no folder at all.
                    bool wholeFolders = i + 1 < pattern.Length && pattern[i + 1] == '/' && (i < 2 || pattern[i - 2] == '/');
                    regex.Append(wholeFolders ? "(?:.*/)?" : ".*");
                    i += wholeFolders ? 1 : 0;
                    break;
                case '*':
                    regex.Append("[^/]*");
                    break;
                case '?' or '+' when i > 0:
                    regex.Append(c);
                    break;
                case '[':
                    AppendClass(regex, pattern, ref i);
                    break;
                case '\\' when i + 1 < pattern.Length:
                    regex.Append(Regex.Escape(pattern[++i].ToString()));
                    break;
                default:
                    regex.Append(Regex.Escape(c.ToString()));
                    break;
            }
        }

        return regex.Append(@"\z").ToString();
    }

    private static void AppendClass(StringBuilder regex, string pattern, ref int at)
    {
        int end = pattern.IndexOf(']', at + 1);
        if (end <= at + 1)
            throw new ArgumentException($"'{pattern}' has a '[' without its ']'", nameof(pattern));
        string inner = pattern[(at + 1)..end];
        regex.Append('[').Append(inner.Replace(@"\", @"\\", StringComparison.Ordinal).Replace("[", @"\[", StringComparison.Ordinal).Replace("^", @"\^", StringComparison.Ordinal)).Append(']');
        at = end;
    }
}
