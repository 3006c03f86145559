namespace CmlNet.Reports.Charts.Bar;

/// <summary>One bar. A value that is not finite is written beside its label instead of drawn.</summary>
public sealed record ChartBar(string Label, double Value);
