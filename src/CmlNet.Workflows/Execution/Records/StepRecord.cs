namespace CmlNet.Workflows.Execution.Records;

/// <summary>One step as it ended.</summary>
public sealed record StepRecord
{
    /// <summary>From 1, in the order of the workflow; the job's own "Set up job" is not counted.</summary>
    public required int Number { get; init; }

    public string? Id { get; init; }

    public required string Name { get; init; }

    /// <summary>Before <c>continue-on-error</c> is applied.</summary>
    public required string Outcome { get; init; }

    /// <summary>After it.</summary>
    public required string Conclusion { get; init; }

    /// <summary>Null when no process was started, or none ended by itself.</summary>
    public int? ExitCode { get; init; }

    public DateTimeOffset? StartedAt { get; init; }

    public long DurationMs { get; init; }

    public IReadOnlyDictionary<string, string> Outputs { get; init; } = new Dictionary<string, string>(StringComparer.Ordinal);

    /// <summary>Path of the log from the run directory.</summary>
    public string? Log { get; init; }
}
