namespace CmlNet.Containers;

/// <summary>How the engine finds out whether a container is ready.</summary>
public sealed record HealthCheck
{
    public required string Command { get; init; }

    public TimeSpan? Interval { get; init; }

    public TimeSpan? Timeout { get; init; }

    public TimeSpan? StartPeriod { get; init; }

    public int? Retries { get; init; }
}
