namespace CmlNet.Reports.Charts.Box;

/// <summary>Boxes side by side, first one on top.</summary>
public sealed record BoxChartData : ChartData
{
    public const string KindName = "box";

    public override string Kind => KindName;

    /// <summary>What the values are.</summary>
    public required string ValueName { get; init; }

    /// <summary>The value axis is logarithmic.</summary>
    public bool IsLog { get; init; }

    public required IReadOnlyList<BoxSummary> Boxes { get; init; }
}
