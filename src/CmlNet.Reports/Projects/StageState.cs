namespace CmlNet.Reports.Projects;

/// <summary>How a stage stands, the most telling first.</summary>
internal enum StageState
{
    /// <summary>A command failed.</summary>
    Failed,

    /// <summary>What it needs failed.</summary>
    Skipped,

    /// <summary>It would run now.</summary>
    OutOfDate,

    /// <summary>Its commands ran here.</summary>
    Ran,

    /// <summary>Its outputs came from the run cache or the remote.</summary>
    FromCache,

    /// <summary>Recorded differently than at the baseline; where it ran is not known.</summary>
    Changed,

    /// <summary>As it was.</summary>
    Unchanged,
}
