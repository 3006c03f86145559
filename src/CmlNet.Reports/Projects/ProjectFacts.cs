using CmlNet.Reports.Plots.Definitions;

namespace CmlNet.Reports.Projects;

/// <summary>What a DVC project is made of, how it stands, and what changed since the baseline.</summary>
internal sealed record ProjectFacts
{
    /// <summary>Each after what it needs; <c>.dvc</c> files are stages without a command.</summary>
    public IReadOnlyList<StageFacts> Stages { get; init; } = [];

    /// <summary>Changes of tracked data since the baseline; null when it was not asked for, or there is no baseline.</summary>
    public IReadOnlyList<DataFacts>? Data { get; init; }

    /// <summary>Plots of <c>dvc.yaml</c> at the baseline and now.</summary>
    public IReadOnlyList<RevisionPlot> Plots { get; init; } = [];

    /// <summary>Absolute root of the project, for the pictures among the plots.</summary>
    public string Root { get; init; } = "";

    /// <summary>Null when they were not asked for.</summary>
    public ExperimentFacts? Experiments { get; init; }

    /// <summary>What could not be read, by section.</summary>
    public IReadOnlyList<(string Section, string Text)> Notes { get; init; } = [];
}
