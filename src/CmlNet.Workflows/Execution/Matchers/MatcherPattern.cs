using System.Text.RegularExpressions;

namespace CmlNet.Workflows.Execution.Matchers;

/// <summary>One line's pattern of a matcher, and which groups mean what.</summary>
internal sealed class MatcherPattern(MatcherPatternJson json, Regex regex)
{
    public bool Loop => json.Loop;

    /// <summary>What the line says, on top of what earlier lines said; null when it does not match.</summary>
    /// <exception cref="RegexMatchTimeoutException">The pattern takes too long on this line.</exception>
    public MatcherCapture? Match(string line, MatcherCapture? earlier)
    {
        Match match = regex.Match(line);
        return match.Success
            ? new MatcherCapture
            {
                File = earlier?.File ?? Group(match, json.File),
                FromPath = earlier?.FromPath ?? Group(match, json.FromPath),
                Line = earlier?.Line ?? Group(match, json.Line),
                Column = earlier?.Column ?? Group(match, json.Column),
                Severity = earlier?.Severity ?? Group(match, json.Severity),
                Code = earlier?.Code ?? Group(match, json.Code),
                Message = earlier?.Message ?? Group(match, json.Message),
            }
            : null;
    }

    private static string? Group(Match match, int? index) => index is { } number && number < match.Groups.Count ? match.Groups[number].Value : null;
}
