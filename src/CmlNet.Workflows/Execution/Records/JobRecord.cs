using CmlNet.Workflows.Execution.Commands;

namespace CmlNet.Workflows.Execution.Records;

/// <summary>One job, or one leg of a matrix, as it ended.</summary>
public sealed record JobRecord
{
    public required string Id { get; init; }

    /// <summary>As GitHub shows it: <c>job (v1, v2)</c>.</summary>
    public required string Name { get; init; }

    /// <summary><c>success</c>, <c>failure</c>, <c>cancelled</c> or <c>skipped</c>.</summary>
    public required string Conclusion { get; init; }

    public string? Image { get; init; }

    public DateTimeOffset? StartedAt { get; init; }

    public long DurationMs { get; init; }

    /// <summary>Outputs without those that are empty or hold a secret.</summary>
    public IReadOnlyDictionary<string, string> Outputs { get; init; } = new Dictionary<string, string>(StringComparer.Ordinal);

    public IReadOnlyList<Annotation> Annotations { get; init; } = [];

    /// <summary>The steps' summaries one after the other, as Markdown; empty when none was written.</summary>
    public string Summary { get; init; } = "";

    /// <summary>The job failed and was allowed to.</summary>
    public bool ContinuedOnError { get; init; }

    public IReadOnlyList<StepRecord> Steps { get; init; } = [];
}
