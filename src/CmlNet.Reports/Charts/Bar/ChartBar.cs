namespace CmlNet.Reports.Charts.Bar;

/// <summary>One bar. A value that is not finite is written beside its label instead of drawn.</summary>
/// <param name="Label">Written left of the bar; a bar without one belongs to the label above.</param>
/// <param name="Value">Its length.</param>
/// <param name="Series">Place in the chart's series names and the palette.</param>
public sealed record ChartBar(string Label, double Value, int Series = 0);
