using System.Text;
using System.Text.RegularExpressions;

namespace CmlNet.Dvc.Ignoring;

/// <summary>One line of a gitignore-like file.</summary>
/// <param name="Text">As written.</param>
/// <param name="Source">The file, and <paramref name="Line"/> counts from 1.</param>
/// <param name="IsNegated">It re-includes.</param>
/// <param name="OnlyFolders">It ends in a slash.</param>
/// <param name="Base">Folder the file lies in, relative to the root.</param>
/// <param name="Name">The name that matches wherever it lies, when the line is no more than that.</param>
/// <param name="Match">For a path relative to <paramref name="Base"/>.</param>
internal sealed record IgnorePattern(string Text, string Source, int Line, bool IsNegated, bool OnlyFolders, string Base, string? Name, Func<string, bool> Match)
{
    /// <summary>Null for an empty line or a comment.</summary>
    public static IgnorePattern? Parse(string line, string source, int number, string folder)
    {
        string text = line.Trim();
        if (text.Length == 0 || text[0] == '#')
            return null;
        string pattern = text;
        bool isNegated = pattern[0] == '!';
        if (isNegated || pattern.StartsWith("\\#", StringComparison.Ordinal) || pattern.StartsWith("\\!", StringComparison.Ordinal))
            pattern = pattern[1..];
        bool onlyFolders = pattern.EndsWith('/');
        pattern = pattern.TrimEnd('/');
        bool isAnchored = pattern.Contains('/', StringComparison.Ordinal);
        pattern = pattern.TrimStart('/');
        return pattern.Length == 0 ? null : new IgnorePattern(text, source, number, isNegated, onlyFolders, folder, isAnchored || !IsPlain(pattern) ? null : pattern, Matcher(pattern, isAnchored));
    }

    private static bool IsPlain(string pattern) => pattern.AsSpan().IndexOfAny("*?[\\") < 0;

    private static Func<string, bool> Matcher(string pattern, bool isAnchored)
    {
        // Most lines are plain names; no expression is needed for them.
        if (IsPlain(pattern))
        {
            return isAnchored
                ? path => string.Equals(path, pattern, StringComparison.Ordinal)
                : path => path.EndsWith(pattern, StringComparison.Ordinal) && (path.Length == pattern.Length || path[path.Length - pattern.Length - 1] == '/');
        }

        // No compiled expression: it would cost more than it saves. A second is for hostile patterns.
        var expression = new Regex((isAnchored ? "^" : "^(?:.*/)?") + Expression(pattern) + "$", RegexOptions.Singleline | RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture, TimeSpan.FromSeconds(1));
        return expression.IsMatch;
    }

    private static string Expression(string pattern)
    {
        var text = new StringBuilder();
        for (int i = 0; i < pattern.Length; i++)
        {
            char c = pattern[i];
            if (c == '*' && i + 1 < pattern.Length && pattern[i + 1] == '*')
            {
                bool atStart = i == 0 || pattern[i - 1] == '/';
                i++;
                if (atStart && i + 1 < pattern.Length && pattern[i + 1] == '/')
                {
                    text.Append("(?:.*/)?");
                    i++;
                }
                else
                {
                    text.Append(atStart && i + 1 == pattern.Length ? ".+" : "[^/]*");
                }
            }
            else if (c == '[' && pattern.IndexOf(']', Math.Min(i + 2, pattern.Length)) is > 0 and int end)
            {
                string set = pattern[(i + 1)..end];
                text.Append('[').Append(set[0] is '!' or '^' ? "^/" + Escaped(set[1..]) : Escaped(set)).Append(']');
                i = end;
            }
            else if (c == '\\' && i + 1 < pattern.Length)
            {
                text.Append(Regex.Escape(pattern[++i].ToString()));
            }
            else
            {
                text.Append(c switch { '*' => "[^/]*", '?' => "[^/]", _ => Regex.Escape(c.ToString()) });
            }
        }

        return text.ToString();
    }

    private static string Escaped(string set) => set.Replace("\\", "\\\\", StringComparison.Ordinal).Replace("[", "\\[", StringComparison.Ordinal);
}
