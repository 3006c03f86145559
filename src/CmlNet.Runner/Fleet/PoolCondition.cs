namespace CmlNet.Runner.Fleet;

/// <summary>Whether a pool can take jobs.</summary>
internal enum PoolCondition
{
    /// <summary>Its image is not there yet.</summary>
    Preparing,

    Ready,

    /// <summary>Too many runners failed; it rests.</summary>
    Degraded,

    /// <summary>GitHub no longer accepts the runner in its image.</summary>
    Outdated,

    /// <summary>It takes no more jobs.</summary>
    Draining,

    /// <summary>It is no longer configured; its last jobs finish.</summary>
    Removed,
}
