using System.Globalization;
using System.Text.RegularExpressions;

namespace CmlNet.Workflows.Actions.Tools;

/// <summary>A range of versions as setup-python takes it: <c>3.11</c>, <c>3.x</c>, <c>&gt;=3.9 &lt;3.13</c>, <c>~3.10</c>, <c>^3.8</c>, <c>3.9 - 3.11</c>, alternatives with <c>||</c>.</summary>
internal sealed partial class VersionRange
{
    private readonly List<List<(string Operator, int[] Parts)>> _alternatives = [];

    private VersionRange()
    {
    }

    /// <summary>Null for what is no range: <c>pypy3.10</c>, say.</summary>
    public static VersionRange? Parse(string text)
    {
        var range = new VersionRange();
        foreach (string alternative in text.Split("||"))
        {
            string spaced = HyphenRange().Replace(alternative.Trim(), ">=${low} <=${high}");
            spaced = SpaceAfterOperator().Replace(spaced, "${sign}").Replace(',', ' ');
            var terms = new List<(string, int[])>();
            foreach (string term in spaced.Split(' ', StringSplitOptions.RemoveEmptyEntries))
            {
                Match match = Term().Match(term);
                if (!match.Success)
                    return null;
                int[] parts = [.. match.Groups["version"].Value.Split('.').TakeWhile(part => part is not ("x" or "X" or "*")).Select(part => int.Parse(part, CultureInfo.InvariantCulture))];
                terms.Add((match.Groups["sign"].Value, parts));
            }
            range._alternatives.Add(terms);
        }
        return range;
    }

    public bool Contains(string version)
    {
        Match match = Numbers().Match(version);
        int[] numbers = [.. match.Value.Split('.', StringSplitOptions.RemoveEmptyEntries).Select(part => int.Parse(part, CultureInfo.InvariantCulture))];
        return numbers.Length > 0 && _alternatives.Exists(terms => terms.TrueForAll(term => Holds(term.Operator, term.Parts, numbers)));
    }

    /// <summary>Missing parts of the wanted version stand for any: 3.11 is every 3.11.z.</summary>
    private static bool Holds(string sign, int[] wanted, int[] version)
    {
        int order = Compare(version, wanted, wanted.Length);
        return sign switch
        {
            ">=" => order >= 0,
            ">" => order > 0,
            "<" => order < 0,
            "<=" => order <= 0,
            "!=" => order != 0,
            "~" or "~=" => order >= 0 && Compare(version, wanted, Math.Clamp(wanted.Length - (sign == "~=" || wanted.Length > 2 ? 1 : 0), 1, 2)) == 0,
            "^" => order >= 0 && Compare(version, wanted, wanted is [0, _, ..] ? 2 : 1) == 0,
            _ => order == 0,
        };
    }

    private static int Compare(int[] version, int[] wanted, int length)
    {
        for (int i = 0; i < Math.Min(length, wanted.Length); i++)
        {
            int order = (i < version.Length ? version[i] : 0).CompareTo(wanted[i]);
            if (order != 0)
                return order;
        }
        return 0;
    }

    [GeneratedRegex(@"^(?<sign>>=|<=|!=|==|~=|>|<|=|~|\^)?v?(?<version>(\d{1,6}|[xX*])(\.(\d{1,6}|[xX*])){0,2})(-dev)?$", RegexOptions.NonBacktracking | RegexOptions.ExplicitCapture)]
    private static partial Regex Term();

    [GeneratedRegex(@"^(?<low>\S+) +- +(?<high>\S+)$", RegexOptions.NonBacktracking | RegexOptions.ExplicitCapture)]
    private static partial Regex HyphenRange();

    [GeneratedRegex(@"(?<sign>[<>=~^!]) +", RegexOptions.NonBacktracking | RegexOptions.ExplicitCapture)]
    private static partial Regex SpaceAfterOperator();

    [GeneratedRegex(@"^\d{1,6}(\.\d{1,6}){0,2}", RegexOptions.NonBacktracking | RegexOptions.ExplicitCapture)]
    private static partial Regex Numbers();
}
