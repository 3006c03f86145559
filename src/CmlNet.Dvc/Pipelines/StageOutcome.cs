namespace CmlNet.Dvc.Pipelines;

/// <summary>What became of a stage.</summary>
public enum StageOutcome
{
    /// <summary>Nothing changed.</summary>
    Unchanged,

    /// <summary>Its commands ran.</summary>
    Ran,

    /// <summary>Its outputs came from an earlier run on the same inputs.</summary>
    Restored,

    /// <summary>Its outputs came from the remote.</summary>
    Pulled,

    /// <summary>It would run.</summary>
    Planned,

    /// <summary>A command failed.</summary>
    Failed,

    /// <summary>Something it needs failed.</summary>
    Skipped,
}
