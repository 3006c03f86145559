namespace CmlNet.Workflows.Execution.Matchers;

/// <summary>A matcher at work: sees the lines of a step in order and remembers how far its patterns have come.</summary>
internal sealed class ProblemMatcher(string owner, string severity, IReadOnlyList<MatcherPattern> patterns)
{
    private MatcherCapture?[] _running = new MatcherCapture?[patterns.Count];

    public string Owner { get; } = owner;

    public void Reset() => _running = new MatcherCapture?[patterns.Count];

    /// <summary>The finding that this line completes; null when it completes none.</summary>
    public MatcherCapture? Match(string line)
    {
        // Last pattern first, so that a line moves the chain on by one pattern only.
        int last = patterns.Count - 1;
        for (int i = last; i >= 0; i--)
        {
            MatcherCapture? earlier = i == 0 ? null : _running[i - 1];
            if (i > 0 && earlier is null)
                continue;

            MatcherCapture? capture = patterns[i].Match(line, earlier);
            if (i < last)
            {
                _running[i] = capture;
            }
            else if (capture is not null)
            {
                Reset();
                if (i > 0 && patterns[i].Loop)
                    _running[i - 1] = earlier;
                return string.IsNullOrEmpty(capture.Severity) ? capture with { Severity = severity } : capture;
            }
            else if (i > 0)
            {
                _running[i - 1] = null;
            }
        }

        return null;
    }
}
