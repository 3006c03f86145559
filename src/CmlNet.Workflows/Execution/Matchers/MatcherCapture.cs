namespace CmlNet.Workflows.Execution.Matchers;

/// <summary>What the lines matched so far said, as text; null where no pattern has spoken yet.</summary>
internal sealed record MatcherCapture
{
    public string? File { get; init; }

    public string? FromPath { get; init; }

    public string? Line { get; init; }

    public string? Column { get; init; }

    public string? Severity { get; init; }

    public string? Code { get; init; }

    public string? Message { get; init; }
}
