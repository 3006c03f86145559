namespace CmlNet.Runner.Journal;

/// <summary>Where a runner is on its one way; it never goes back.</summary>
internal enum RunnerState
{
    /// <summary>Its GPUs are its own; nothing exists yet.</summary>
    Reserved,

    /// <summary>GitHub knows it.</summary>
    Registered,

    /// <summary>Its container exists.</summary>
    Created,

    /// <summary>Its container runs; it waits for a job.</summary>
    Idle,

    /// <summary>It runs a job.</summary>
    Busy,

    /// <summary>Its container has ended; what it left is still there.</summary>
    Ended,

    /// <summary>Nothing of it remains anywhere.</summary>
    Removed,
}
