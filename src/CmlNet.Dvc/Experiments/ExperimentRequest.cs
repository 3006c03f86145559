namespace CmlNet.Dvc.Experiments;

/// <summary>What an experiment is to be.</summary>
public sealed record ExperimentRequest
{
    /// <summary>Null for a name of our own.</summary>
    public string? Name { get; init; }

    /// <summary>Parameters to change first.</summary>
    public ParamOverrides? Overrides { get; init; }

    /// <summary>Stages; empty for all.</summary>
    public IReadOnlyList<string> Targets { get; init; } = [];

    /// <summary>Untracked files to keep in it.</summary>
    public IReadOnlyList<string> Includes { get; init; } = [];

    /// <summary>Replace one of that name.</summary>
    public bool IsForced { get; init; }
}
