namespace CmlNet.Workflows.Execution.Records;

/// <summary>What <c>run.json</c> holds: one run of one workflow, readable by other programs.</summary>
public sealed record RunRecord
{
    public required string Id { get; init; }

    /// <summary>The workflow's name, or its path when it has none.</summary>
    public required string Workflow { get; init; }

    /// <summary>Path of the workflow file from the repository root.</summary>
    public required string Path { get; init; }

    public required string Event { get; init; }

    /// <summary><c>success</c>, <c>failure</c> or <c>cancelled</c>.</summary>
    public required string Conclusion { get; init; }

    public string? Repository { get; init; }

    public string? Sha { get; init; }

    public string? Ref { get; init; }

    public string? Engine { get; init; }

    public DateTimeOffset StartedAt { get; init; }

    public long DurationMs { get; init; }

    public IReadOnlyList<JobRecord> Jobs { get; init; } = [];
}
