using System.Globalization;
using System.Text.RegularExpressions;
using CmlNet.Workflows.Execution.Commands;
using CmlNet.Workflows.Execution.Masking;

namespace CmlNet.Workflows.Execution.Matchers;

/// <summary>The matchers in force for a job, newest first; each step's lines pass through them when they are no commands.</summary>
/// <param name="workspace">As the step sees it; files outside it are left out.</param>
/// <param name="exists">Whether a file, relative to the workspace, is there: what is not cannot be annotated.</param>
/// <param name="warn">Told when a matcher is removed because its expression takes too long.</param>
internal sealed class MatcherSet(string workspace, Func<string, bool> exists, SecretMasker masker, Action<string> warn)
{
    private readonly List<ProblemMatcher> _matchers = [];

    /// <summary>Puts matchers in front; one of the same owner is replaced.</summary>
    public void Add(IEnumerable<ProblemMatcher> matchers)
    {
        foreach (ProblemMatcher matcher in matchers)
        {
            Remove(matcher.Owner);
            _matchers.Insert(0, matcher);
        }
    }

    public void Remove(string owner) => _matchers.RemoveAll(matcher => string.Equals(matcher.Owner, owner, StringComparison.OrdinalIgnoreCase));

    /// <summary>Forgets half-seen problems: call between steps.</summary>
    public void Reset() => _matchers.ForEach(static matcher => matcher.Reset());

    /// <summary>The problem that a line of output completes; null for most lines. The caller applies the step's <see cref="AnnotationBudget"/>.</summary>
    public MatcherFinding? Match(string line)
    {
        if (_matchers.Count == 0)
            return null;

        string plain = ControlText.Strip(line);
        foreach (ProblemMatcher matcher in _matchers.ToArray())
        {
            if (TryMatch(matcher, plain) is not { } capture)
                continue;

            _matchers.FindAll(other => other != matcher).ForEach(static other => other.Reset());
            if (ToFinding(capture, plain) is { } finding)
                return finding;
        }

        return null;
    }

    private MatcherCapture? TryMatch(ProblemMatcher matcher, string line)
    {
        try
        {
            return matcher.Match(line);
        }
        catch (RegexMatchTimeoutException)
        {
            // The same expression on the same line would not get faster: no second attempt.
            _matchers.Remove(matcher);
            warn($"Removing issue matcher '{matcher.Owner}': its regular expression takes too long on a line of the output.");
            return null;
        }
    }

    private MatcherFinding? ToFinding(MatcherCapture capture, string line)
    {
        if (string.IsNullOrWhiteSpace(capture.Message) || LevelOf(capture.Severity ?? "") is not { } level)
            return null;

        var annotation = new Annotation
        {
            Level = level,
            Message = AnnotationReader.Cut(masker.Mask(capture.Message)),
            File = FileOf(capture) is { } file ? masker.Mask(file) : null,
            Line = Number(capture.Line),
            Column = Number(capture.Column),
            Title = string.IsNullOrWhiteSpace(capture.Code) ? null : masker.Mask(capture.Code.Trim()),
        };
        return new MatcherFinding(annotation, $"##[{level.ToString().ToLowerInvariant()}]{masker.Mask(line)}");
    }

    private string? FileOf(MatcherCapture capture)
    {
        if (string.IsNullOrWhiteSpace(capture.File) || capture.File.Contains('\0', StringComparison.Ordinal))
            return null;
        string from = Path.GetDirectoryName(capture.FromPath) ?? "";
        string full = Path.GetFullPath(Path.Combine(workspace, from, capture.File));
        string relative = AnnotationReader.MakeRelative(full, workspace);
        return relative != full && exists(relative) ? relative : null;
    }

    private static AnnotationLevel? LevelOf(string severity) => severity.ToUpperInvariant() switch
    {
        "" or "ERROR" => AnnotationLevel.Error,
        "WARNING" => AnnotationLevel.Warning,
        "NOTICE" => AnnotationLevel.Notice,
        _ => null,
    };

    private static int? Number(string? text) => int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out int number) ? number : null;
}
