using System.Text;
using System.Text.RegularExpressions;

namespace CmlNet.Containers.Docker;

/// <summary>
/// The patterns of a <c>.dockerignore</c>: the last one that matches a path or a folder above it decides, <c>!</c> takes back.
/// Grammar: https://docs.docker.com/build/concepts/context/#dockerignore-files.
/// </summary>
internal sealed class DockerIgnore
{
    private readonly List<(Regex Pattern, bool Excludes)> _rules = [];

    private DockerIgnore()
    {
    }

    /// <summary>A line that is no pattern matches nothing.</summary>
    public static DockerIgnore Parse(string text)
    {
        var ignore = new DockerIgnore();
        foreach (var line in text.Split('\n').Select(line => line.Trim()).Where(line => line.Length > 0 && line[0] != '#'))
        {
            var excludes = line[0] != '!';
            var pattern = Clean(excludes ? line : line[1..].Trim());
            if (pattern.Length > 0 && TryCompile(pattern) is { } regex)
                ignore._rules.Add((regex, excludes));
        }

        return ignore;
    }

    /// <param name="path">From the context's root, with <c>/</c>.</param>
    public bool Matches(string path)
    {
        for (var i = _rules.Count - 1; i >= 0; i--)
        {
            if (MatchesOrParent(_rules[i].Pattern, path))
                return _rules[i].Excludes;
        }

        return false;
    }

    private static bool MatchesOrParent(Regex pattern, string path)
    {
        for (var end = path.Length; end > 0; end = path.LastIndexOf('/', end - 1))
        {
            if (pattern.IsMatch(path[..end]))
                return true;
        }

        return false;
    }

    /// <summary>As Go's <c>filepath.Clean</c>, from the context's root: no <c>.</c>, no <c>..</c>, no slash at the ends.</summary>
    private static string Clean(string pattern)
    {
        var parts = new List<string>();
        foreach (var part in pattern.Split('/', StringSplitOptions.RemoveEmptyEntries))
        {
            if (part == ".." && parts.Count > 0)
                parts.RemoveAt(parts.Count - 1);
            else if (part is not ("." or ".."))
                parts.Add(part);
        }

        return string.Join('/', parts);
    }

    private static Regex? TryCompile(string pattern)
    {
        var regex = new StringBuilder("\\A");
        for (var i = 0; i < pattern.Length; i++)
        {
            switch (pattern[i])
            {
                case '*' when i + 1 < pattern.Length && pattern[i + 1] == '*':
                    i++;
                    if (i + 1 < pattern.Length && pattern[i + 1] == '/')
                        i++;
                    regex.Append(i + 1 == pattern.Length ? ".*" : "(?:.*/)?");
                    break;
                case '*':
                    regex.Append("[^/]*");
                    break;
                case '?':
                    regex.Append("[^/]");
                    break;
                case '[' when pattern.IndexOf(']', i) is var end and > 0:
                    regex.Append(pattern, i, end - i + 1);
                    i = end;
                    break;
                case '\\' when i + 1 < pattern.Length:
                    regex.Append(Regex.Escape(pattern[++i].ToString()));
                    break;
                case var other:
                    regex.Append(Regex.Escape(other.ToString()));
                    break;
            }
        }

        try
        {
            return new Regex(regex.Append("\\z").ToString(), RegexOptions.NonBacktracking | RegexOptions.Singleline | RegexOptions.CultureInvariant, TimeSpan.FromSeconds(1));
        }
        catch (Exception exception) when (exception is ArgumentException or NotSupportedException)
        {
            // A bracket that holds no class, as [z-a].
            return null;
        }
    }
}
