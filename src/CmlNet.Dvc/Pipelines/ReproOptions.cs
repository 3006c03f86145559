namespace CmlNet.Dvc.Pipelines;

/// <summary>How a pipeline is reproduced.</summary>
public sealed record ReproOptions
{
    /// <summary>Run what did not change, too.</summary>
    public bool IsForced { get; init; }

    /// <summary>After a stage that ran, run what depends on it even if its inputs stayed the same.</summary>
    public bool ForcesDownstream { get; init; }

    /// <summary>Only say what would run.</summary>
    public bool IsDry { get; init; }

    /// <summary>Outputs are not put into the cache.</summary>
    public bool SkipsCommit { get; init; }

    /// <summary>Earlier runs on the same inputs are not used.</summary>
    public bool SkipsRunCache { get; init; }

    /// <summary>Data that is only missing, and known from the records, is no reason to run.</summary>
    public bool AllowsMissing { get; init; }

    /// <summary>After a failure, go on with what does not depend on it.</summary>
    public bool KeepsGoing { get; init; }

    /// <summary>After a failure, go on with everything.</summary>
    public bool IgnoresErrors { get; init; }

    /// <summary>Stages at once.</summary>
    public int Jobs { get; init; } = 1;

    /// <summary>Gets data of the given outputs from the remote; null when it is not asked for.</summary>
    public Func<IReadOnlyList<Project.SelectedOutput>, CancellationToken, Task>? Pull { get; init; }
}
