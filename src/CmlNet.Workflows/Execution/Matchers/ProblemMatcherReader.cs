using System.Text.Json;
using System.Text.RegularExpressions;

namespace CmlNet.Workflows.Execution.Matchers;

/// <summary>Reads and checks a problem matcher file.</summary>
internal static class ProblemMatcherReader
{
    /// <summary>How long one pattern may work on one line.</summary>
    private static readonly TimeSpan MatchTimeout = TimeSpan.FromSeconds(1);

    private static readonly string[] Severities = ["", "error", "warning", "notice"];

    /// <exception cref="MatcherException">The text is no matcher file, or breaks one of its rules.</exception>
    public static IReadOnlyList<ProblemMatcher> Read(string json)
    {
        IReadOnlyList<MatcherOwnerJson> owners = Deserialize(json).ProblemMatcher ?? [];
        var names = new HashSet<string>(StringComparer.OrdinalIgnoreCase);
        foreach (MatcherOwnerJson owner in owners)
        {
            if (string.IsNullOrEmpty(owner.Owner))
                throw new MatcherException("Owner must not be empty");
            if (!names.Add(owner.Owner))
                throw new MatcherException($"Duplicate owner name '{owner.Owner}'");
        }

        return [.. owners.Select(Build)];
    }

    private static MatcherFileJson Deserialize(string json)
    {
        try
        {
            return JsonSerializer.Deserialize(json, MatcherJsonContext.Default.MatcherFileJson) ?? new MatcherFileJson();
        }
        catch (JsonException error)
        {
            throw new MatcherException($"The problem matcher file is not valid: line {error.LineNumber + 1}, at '{error.Path}'. Expected {{\"problemMatcher\": [{{\"owner\": …, \"pattern\": [{{\"regexp\": …, \"message\": 1}}]}}]}}.");
        }
    }

    private static ProblemMatcher Build(MatcherOwnerJson owner)
    {
        string name = owner.Owner ?? "";
        if (!Severities.Contains(owner.Severity ?? "", StringComparer.OrdinalIgnoreCase))
            throw new MatcherException($"Matcher '{name}' contains unexpected default severity '{owner.Severity}'");
        if (owner.Pattern is not { Count: > 0 } patterns)
            throw new MatcherException($"Matcher '{name}' does not contain any patterns");

        var seen = new HashSet<string>(StringComparer.Ordinal);
        var built = new List<MatcherPattern>(patterns.Count);
        for (int i = 0; i < patterns.Count; i++)
        {
            if (patterns[i].Loop && (i == 0 || i < patterns.Count - 1))
                throw new MatcherException("Only the last pattern in a multiline matcher may set 'loop'");
            if (patterns[i].Loop && patterns[i].Message is null)
                throw new MatcherException("The loop pattern must set 'message'");
            Regex regex = BuildRegex(name, patterns[i].Regexp ?? "");
            CheckGroups(patterns[i], regex, seen);
            built.Add(new MatcherPattern(patterns[i], regex));
        }

        if (!seen.Contains("message"))
            throw new MatcherException("At least one pattern must set 'message'");
        return new ProblemMatcher(name, owner.Severity ?? "", built);
    }

    private static Regex BuildRegex(string owner, string pattern)
    {
        try
        {
            return new Regex(pattern, RegexOptions.CultureInvariant | RegexOptions.ECMAScript, MatchTimeout);
        }
        catch (ArgumentException error)
        {
            throw new MatcherException($"Matcher '{owner}' has a regular expression that cannot be read: {error.Message}");
        }
    }

    private static void CheckGroups(MatcherPatternJson pattern, Regex regex, HashSet<string> seen)
    {
        int count = regex.GetGroupNumbers().Length;
        (string Name, int? Group)[] properties =
        [
            ("file", pattern.File), ("line", pattern.Line), ("column", pattern.Column), ("severity", pattern.Severity),
            ("code", pattern.Code), ("message", pattern.Message), ("fromPath", pattern.FromPath),
        ];
        foreach ((string name, int? group) in properties)
        {
            if (group is null)
                continue;
            if (!seen.Add(name))
                throw new MatcherException($"The property '{name}' is set twice");
            if (group < 0 || group >= count)
                throw new MatcherException($"The property '{name}' is set to {group} which is out of range: the expression has the groups 0 to {count - 1}");
        }
    }
}
