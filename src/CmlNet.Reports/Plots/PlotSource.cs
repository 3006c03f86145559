using CmlNet.Reports.Readers;

namespace CmlNet.Reports.Plots;

/// <summary>One file of the rows to draw.</summary>
/// <param name="Label">What tells its series apart from other files': a revision, <c>baseline</c>; empty for the run itself.</param>
/// <param name="File">Where the rows are.</param>
/// <param name="IsBaseline">Drawn dashed, in the colour of what it is the baseline of.</param>
internal sealed record PlotSource(string Label, ArtifactFile File, bool IsBaseline = false);
