namespace CmlNet.Reports.Charts.Rates;

/// <summary>Precision by recall. Score is the average precision.</summary>
public sealed record PrecisionRecallChartData : ChartData
{
    public const string KindName = "pr";

    public override string Kind => KindName;

    public required IReadOnlyList<RateCurve> Curves { get; init; }
}
