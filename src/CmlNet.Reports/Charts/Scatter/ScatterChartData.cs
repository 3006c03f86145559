using CmlNet.Reports.Charts.Line;

namespace CmlNet.Reports.Charts.Scatter;

/// <summary>Points of one or more series.</summary>
public sealed record ScatterChartData : ChartData
{
    public const string KindName = "scatter";

    public override string Kind => KindName;

    public required string XName { get; init; }

    public required string YName { get; init; }

    public bool IsXLog { get; init; }

    public bool IsYLog { get; init; }

    /// <summary>Names of the places 0, 1, 2, … on the x axis; null for numbers.</summary>
    public IReadOnlyList<string>? XCategories { get; init; }

    /// <summary>Names of the places 0, 1, 2, … on the y axis, first one on top; null for numbers.</summary>
    public IReadOnlyList<string>? YCategories { get; init; }

    /// <summary>Points of a category are spread within its place, always in the same way.</summary>
    public bool IsJittered { get; init; }

    /// <summary>Both axes have one range, and the line of equal values is drawn: predicted against actual.</summary>
    public bool HasDiagonal { get; init; }

    public required IReadOnlyList<LineSeries> Series { get; init; }
}
