namespace CmlNet.Reports.Charts.Residuals;

/// <summary>What a regression left unexplained, by what it predicted. Both lists have the same length.</summary>
public sealed record ResidualsChartData : ChartData
{
    public const string KindName = "residuals";

    public override string Kind => KindName;

    public required IReadOnlyList<double> Actual { get; init; }

    public required IReadOnlyList<double> Predicted { get; init; }
}
