namespace CmlNet.Runner.Jobs;

/// <summary>What a job source tells a pool, and asks it. Every call may come twice, or out of order.</summary>
internal interface IJobSink
{
    /// <summary>How many runners the pool can have right now, and a token that is cancelled when that changes.</summary>
    PoolCapacity Capacity { get; }

    /// <summary>Stores jobs that were seen, all of them or none: what is stored is acknowledged afterwards.</summary>
    Task StoreAsync(IReadOnlyList<JobNotice> notices, CancellationToken cancellationToken);

    /// <summary>How many jobs are assigned to the pool, running ones included.</summary>
    Task DemandAsync(JobDemand demand, CancellationToken cancellationToken);
}
