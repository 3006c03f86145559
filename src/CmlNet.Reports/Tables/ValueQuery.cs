namespace CmlNet.Reports.Tables;

/// <summary>Which values are asked for.</summary>
public sealed record ValueQuery
{
    /// <summary>Parameters; else metrics.</summary>
    public required bool IsParams { get; init; }

    /// <summary>Where the command runs, relative to the project's root with forward slashes; empty at the root. Paths are shown relative to it.</summary>
    public string Prefix { get; init; } = "";

    /// <summary>Of the parameters, those alone that a stage depends on.</summary>
    public bool OnlyDependencies { get; init; }

    /// <summary>Files relative to the working folder; empty takes those of <c>dvc.yaml</c>, or without one those with usual names.</summary>
    public IReadOnlyList<string> Targets { get; init; } = [];
}
