namespace CmlNet.Reports.Charts.Line;

/// <summary>Series over a common x axis.</summary>
public sealed record LineChartData : ChartData
{
    public const string KindName = "line";

    public override string Kind => KindName;

    /// <summary>Name of the x axis, such as <c>epoch</c>.</summary>
    public required string XName { get; init; }

    public required IReadOnlyList<LineSeries> Series { get; init; }
}
