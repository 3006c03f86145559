namespace CmlNet.Dvc.Experiments;

/// <summary>An experiment that waits, runs, or ran from the queue.</summary>
public sealed record QueueEntry
{
    /// <summary>Short and unique.</summary>
    public required string Id { get; init; }

    public required string Name { get; init; }

    /// <summary>Full hash of the commit it starts from.</summary>
    public required string Baseline { get; init; }

    /// <summary>Full hash of a commit with the files as they were, parameters changed.</summary>
    public required string Snapshot { get; init; }

    /// <summary>One of <see cref="QueueStates"/>.</summary>
    public required string State { get; init; }

    /// <summary>Milliseconds since 1970.</summary>
    public required long Created { get; init; }

    /// <summary>As <see cref="Created"/>; null before.</summary>
    public long? Started { get; init; }

    /// <summary>As <see cref="Created"/>; null before.</summary>
    public long? Ended { get; init; }

    /// <summary>What to run, as <see cref="Pipelines.StageSelection.ToTexts"/> gives it.</summary>
    public IReadOnlyList<string> Targets { get; init; } = [];

    /// <summary>Of its commit; "" for DVC's own.</summary>
    public string Message { get; init; } = "";

    /// <summary>Why it failed.</summary>
    public string Error { get; init; } = "";

    /// <summary>The GPUs it has while it runs, by UUID; none when they are not shared out.</summary>
    public IReadOnlyList<string> Gpus { get; init; } = [];
}
