namespace CmlNet.Reports.Plots.Definitions;

/// <summary>One plot that a <c>dvc.yaml</c> or a command line asks for.</summary>
public sealed record PlotDefinition
{
    /// <summary>The file, or the name of a plot made of several.</summary>
    public required string Id { get; init; }

    /// <summary>Files to draw, relative to the project's root, each with its fields; no field means DVC's choice, the last one.</summary>
    public required IReadOnlyList<PlotFile> Files { get; init; }

    /// <summary>Field of the x axis; null means the row number.</summary>
    public string? X { get; init; }

    /// <summary>A template's name or path; null means <c>linear</c>.</summary>
    public string? Template { get; init; }

    public string? Title { get; init; }

    public string? XLabel { get; init; }

    public string? YLabel { get; init; }
}
