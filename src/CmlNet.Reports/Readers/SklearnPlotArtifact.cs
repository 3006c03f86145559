namespace CmlNet.Reports.Readers;

/// <summary>Points of a plot that a run computed itself.</summary>
internal sealed record SklearnPlotArtifact : Artifact
{
    /// <summary>One of <see cref="Plots.PlotKinds.All"/>.</summary>
    public required string PlotKind { get; init; }

    /// <summary>What the plot is.</summary>
    public required string Title { get; init; }

    /// <summary>Column of the x axis; null takes the one that is usual for the kind.</summary>
    public string? X { get; init; }

    /// <summary>Column of the y axis; null takes the one that is usual for the kind.</summary>
    public string? Y { get; init; }

    public required ArtifactFile File { get; init; }
}
