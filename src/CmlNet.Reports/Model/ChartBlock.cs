using CmlNet.Reports.Charts;

namespace CmlNet.Reports.Model;

/// <summary>A chart to be drawn in light and dark.</summary>
/// <param name="Name">File name without suffix, made of <c>a-z 0-9 -</c>, unique in the report.</param>
/// <param name="Chart">What to draw.</param>
public sealed record ChartBlock(string Name, ChartData Chart) : ReportBlock;
