namespace CmlNet.Reports.Charts.Rates;

/// <summary>Receiver operating characteristic: true against false positive rate. Score is the area.</summary>
public sealed record RocChartData : ChartData
{
    public const string KindName = "roc";

    public override string Kind => KindName;

    public required IReadOnlyList<RateCurve> Curves { get; init; }
}
