namespace CmlNet.Runner.Daemon;

/// <summary>Delays of the daemon's own loops.</summary>
internal sealed record DaemonTimes
{
    public TimeSpan FirstRestart { get; init; } = TimeSpan.FromSeconds(5);

    public TimeSpan LongestRestart { get; init; } = TimeSpan.FromSeconds(60);

    /// <summary>Until an engine that did not answer at the start is asked again.</summary>
    public TimeSpan BetweenProbes { get; init; } = TimeSpan.FromSeconds(2);

    /// <summary>How often pools are looked at without anything having happened.</summary>
    public TimeSpan Tick { get; init; } = TimeSpan.FromSeconds(30);

    public TimeSpan Sampling { get; init; } = TimeSpan.FromSeconds(10);

    public TimeSpan DiskCheck { get; init; } = TimeSpan.FromSeconds(30);

    /// <summary>How often the outbox is looked at without anything being due.</summary>
    public TimeSpan OutboxTick { get; init; } = TimeSpan.FromMinutes(1);

    /// <summary>How often memory that is not needed is looked for.</summary>
    public TimeSpan MemoryCheck { get; init; } = TimeSpan.FromSeconds(10);

    /// <summary>How long cancelled runners may take to end and be removed.</summary>
    public TimeSpan AfterCancel { get; init; } = TimeSpan.FromMinutes(2);

    /// <summary>How long GitHub may take to answer when the daemon ends, before what is here ends without it.</summary>
    public TimeSpan GitHubPatience { get; init; } = TimeSpan.FromSeconds(30);

    /// <summary>How long is listened at a time for the jobs of a pool that is no longer configured.</summary>
    public TimeSpan Hearing { get; init; } = TimeSpan.FromSeconds(15);

    /// <summary>What is done is kept for so long.</summary>
    public TimeSpan Memory { get; init; } = TimeSpan.FromDays(30);
}
