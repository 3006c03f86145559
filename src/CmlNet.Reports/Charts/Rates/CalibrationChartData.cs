namespace CmlNet.Reports.Charts.Rates;

/// <summary>How often it is so when the model says so (reliability diagram). Score is the expected calibration error.</summary>
public sealed record CalibrationChartData : ChartData
{
    public const string KindName = "calibration";

    public override string Kind => KindName;

    public required IReadOnlyList<RateCurve> Curves { get; init; }
}
