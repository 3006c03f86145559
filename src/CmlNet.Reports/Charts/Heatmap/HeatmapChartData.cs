namespace CmlNet.Reports.Charts.Heatmap;

/// <summary>A value for each pair of a row and a column.</summary>
public sealed record HeatmapChartData : ChartData
{
    public const string KindName = "heatmap";

    public override string Kind => KindName;

    public required string RowName { get; init; }

    public required string ColumnName { get; init; }

    /// <summary>What the values are.</summary>
    public required string ValueName { get; init; }

    public required IReadOnlyList<string> Rows { get; init; }

    public required IReadOnlyList<string> Columns { get; init; }

    /// <summary>Row by row; a NaN is an empty cell.</summary>
    public required IReadOnlyList<double> Values { get; init; }
}
