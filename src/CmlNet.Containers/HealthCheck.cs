namespace CmlNet.Containers;

/// <summary>How the engine finds out whether a container is ready.</summary>
public sealed record HealthCheck
{
    /// <summary>Shell command whose exit code 0 means healthy; null keeps the image's own check and changes only its timing.</summary>
    public string? Command { get; init; }

    /// <summary>Switches the image's own check off.</summary>
    public bool Disabled { get; init; }

    public TimeSpan? Interval { get; init; }

    public TimeSpan? Timeout { get; init; }

    public TimeSpan? StartPeriod { get; init; }

    public int? Retries { get; init; }
}
