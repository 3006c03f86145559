namespace CmlNet.Reports.Charts.Confusion;

/// <summary>Counts by actual class (row) and predicted class (column).</summary>
public sealed record ConfusionChartData : ChartData
{
    public const string KindName = "confusion";

    public override string Kind => KindName;

    /// <summary>Class names in the order of rows and columns.</summary>
    public required IReadOnlyList<string> Labels { get; init; }

    /// <summary>Row by row, <c>Labels.Count</c> squared of them; sums of weights where rows have weights.</summary>
    public required IReadOnlyList<double> Counts { get; init; }

    /// <summary>What a row stands for.</summary>
    public string RowName { get; init; } = "actual";

    /// <summary>What a column stands for.</summary>
    public string ColumnName { get; init; } = "predicted";

    /// <summary>What the percentages are of.</summary>
    public ConfusionShare Share { get; init; }
}
