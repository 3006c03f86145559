namespace CmlNet.Reports.Charts.Line;

/// <summary>Series over a common x axis.</summary>
public sealed record LineChartData : ChartData
{
    public const string KindName = "line";

    public override string Kind => KindName;

    /// <summary>Name of the x axis, such as <c>epoch</c>.</summary>
    public required string XName { get; init; }

    /// <summary>Name of the y axis; none when empty.</summary>
    public string YName { get; init; } = "";

    /// <summary>The x axis is logarithmic; values that are not above 0 are counted instead of drawn.</summary>
    public bool IsXLog { get; init; }

    /// <summary>The y axis is logarithmic.</summary>
    public bool IsYLog { get; init; }

    public required IReadOnlyList<LineSeries> Series { get; init; }
}
