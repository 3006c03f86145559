namespace CmlNet.Runner.Configuration;

/// <summary>What happens when there is nothing to do for long.</summary>
internal sealed record IdleConfiguration
{
    /// <summary>After this long without a job the daemon ends; null for never.</summary>
    public TimeSpan? ShutdownAfter { get; init; }

    /// <summary>Program and arguments, run when the daemon ends for that reason.</summary>
    public IReadOnlyList<string> Command { get; init; } = [];

    /// <summary>The daemon ends after its first job.</summary>
    public bool AfterOneJob { get; init; }
}
