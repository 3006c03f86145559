namespace CmlNet.Reports.Charts.Histogram;

/// <summary>Counts of one or more sets of values in common bins. Several sets are drawn as shares, so that sets of different size compare.</summary>
public sealed record HistogramChartData : ChartData
{
    public const string KindName = "histogram";

    public override string Kind => KindName;

    public required string ValueName { get; init; }

    /// <summary>Bounds of the bins, rising; one more than there are bins, none when there is no value.</summary>
    public required IReadOnlyList<double> Edges { get; init; }

    public required IReadOnlyList<HistogramSeries> Series { get; init; }

    /// <summary>Values that are NaN or infinite and in no bin.</summary>
    public int Left { get; init; }
}
