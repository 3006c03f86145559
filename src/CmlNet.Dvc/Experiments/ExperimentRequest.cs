using CmlNet.Dvc.Pipelines;

namespace CmlNet.Dvc.Experiments;

/// <summary>What an experiment is to be.</summary>
public sealed record ExperimentRequest
{
    /// <summary>Null for a name of our own.</summary>
    public string? Name { get; init; }

    /// <summary>Parameters to change first.</summary>
    public ParamOverrides? Overrides { get; init; }

    /// <summary>What to run.</summary>
    public StageSelection Selection { get; init; } = StageSelection.Everything;

    /// <summary>Of its commit; null for DVC's own.</summary>
    public string? Message { get; init; }

    /// <summary>Untracked files to keep in it.</summary>
    public IReadOnlyList<string> Includes { get; init; } = [];

    /// <summary>Replace one of that name.</summary>
    public bool IsForced { get; init; }
}
