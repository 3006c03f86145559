namespace CmlNet.Reports.Charts.Drawing;

/// <summary>What is written on an <see cref="AxisPlot"/> beside its axes.</summary>
/// <param name="Title">Above everything.</param>
/// <param name="Description">Alternative text of the whole picture.</param>
/// <param name="Note">Under the plot: what is not drawn; none when empty.</param>
internal sealed record AxisPlotText(string Title, string Description, string Note = "");
