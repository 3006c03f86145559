namespace CmlNet.Runner.Control;

internal sealed record JobStatus
{
    public required string Pool { get; init; }

    public required long RequestId { get; init; }

    public required string Name { get; init; }

    public required string Repository { get; init; }

    public required string Stage { get; init; }

    public required string Result { get; init; }

    public required string Runner { get; init; }

    public required long RunId { get; init; }

    public required DateTimeOffset Seen { get; init; }

    public DateTimeOffset? Started { get; init; }

    public DateTimeOffset? Completed { get; init; }

    public double? PeakMemoryBytes { get; init; }

    public double? GpuUtilization { get; init; }

    /// <summary>There is something to plot.</summary>
    public bool HasUsage { get; init; }

    /// <summary>Where its report was posted; null when it has none.</summary>
    public string? ReportUrl { get; init; }
}
