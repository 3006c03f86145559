namespace CmlNet.Runner.Jobs;

/// <summary>How many runners a pool can have, those alive included.</summary>
internal sealed record PoolCapacity(int Runners, CancellationToken Changed)
{
    /// <summary>False while it is told to take no jobs, not even one that was offered to it before.</summary>
    public bool TakesJobs { get; init; } = true;
}
