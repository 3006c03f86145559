using CmlNet.Runner.Jobs;

namespace CmlNet.Runner.Journal;

/// <summary>One job as far as it is known.</summary>
internal sealed record JobRecord
{
    public required string Pool { get; init; }

    public required long RequestId { get; init; }

    public required JobStage Stage { get; init; }

    public string Owner { get; init; } = "";

    public string Repository { get; init; } = "";

    public string JobId { get; init; } = "";

    public string Name { get; init; } = "";

    public string Workflow { get; init; } = "";

    public long RunId { get; init; }

    public string Event { get; init; } = "";

    public DateTimeOffset Seen { get; init; }

    public DateTimeOffset? Queued { get; init; }

    public DateTimeOffset? Started { get; init; }

    public DateTimeOffset? Completed { get; init; }

    public string RunnerName { get; init; } = "";

    public string Result { get; init; } = "";
}
