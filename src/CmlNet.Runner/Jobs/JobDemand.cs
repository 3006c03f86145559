namespace CmlNet.Runner.Jobs;

/// <summary>What a source says is waiting.</summary>
internal sealed record JobDemand
{
    /// <summary>Jobs assigned to the pool, running ones included; null when the source does not say, and the pool's own count holds.</summary>
    public int? Assigned { get; init; }

    /// <summary>Jobs that wait and are not assigned to anyone.</summary>
    public int Available { get; init; }

    /// <summary>Jobs that the source says are running; null when it does not say.</summary>
    public int? Running { get; init; }

    /// <summary>Jobs that want a runner of their own each; null where the source assigns jobs to the pool as a whole.</summary>
    public IReadOnlyList<JobWish>? Wishes { get; init; }

    /// <summary>Nothing has happened since the last demand: the only time when idle runners may be removed.</summary>
    public bool IsQuiet { get; init; }
}
