namespace CmlNet.Runner.Journal;

/// <summary>One runner, from reservation to removal.</summary>
internal sealed record RunnerRecord
{
    /// <summary>Its name at GitHub and on the engine.</summary>
    public required string Name { get; init; }

    public required string Pool { get; init; }

    public RunnerState State { get; init; }

    /// <summary>GitHub's number; 0 before it is registered.</summary>
    public long RunnerId { get; init; }

    /// <summary>Id of the container; null before it exists.</summary>
    public string? ContainerId { get; init; }

    /// <summary>UUIDs of the GPUs it has for itself.</summary>
    public IReadOnlyList<string> Gpus { get; init; } = [];

    /// <summary>The job it was made for; 0 where it takes any of the pool's.</summary>
    public long Wish { get; init; }

    /// <summary>Labels it is registered with.</summary>
    public IReadOnlyList<string> Labels { get; init; } = [];

    public required DateTimeOffset Created { get; init; }

    public DateTimeOffset? Started { get; init; }

    public DateTimeOffset? Busy { get; init; }

    public DateTimeOffset? Ended { get; init; }

    /// <summary>The job it runs or ran; 0 for none.</summary>
    public long RequestId { get; init; }

    public int? ExitCode { get; init; }

    /// <summary>Why it ended, in a few words; empty when all went well.</summary>
    public string Note { get; init; } = "";

    public bool IsAlive => State is >= RunnerState.Reserved and <= RunnerState.Busy;
}
