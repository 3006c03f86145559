namespace CmlNet.Reports.Plots.Definitions;

/// <summary>A file of a plot.</summary>
/// <param name="Path">Relative to the project's root.</param>
/// <param name="Fields">What of it is on the y axis; empty takes the last field.</param>
public sealed record PlotFile(string Path, IReadOnlyList<string> Fields);
