namespace CmlNet.Reports.Charts.Bar;

/// <summary>Horizontal bars, first one on top.</summary>
public sealed record BarChartData : ChartData
{
    public const string KindName = "bar";

    public override string Kind => KindName;

    /// <summary>What the length of a bar means.</summary>
    public required string ValueName { get; init; }

    public required IReadOnlyList<ChartBar> Bars { get; init; }

    /// <summary>What the colours mean, where bars of several series stand together; else empty.</summary>
    public IReadOnlyList<string> SeriesNames { get; init; } = [];

    /// <summary>Drawn instead when there is no bar.</summary>
    public string EmptyMessage { get; init; } = "no data";
}
