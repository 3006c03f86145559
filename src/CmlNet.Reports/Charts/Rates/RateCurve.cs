namespace CmlNet.Reports.Charts.Rates;

/// <summary>One classifier's curve in the unit square. <see cref="X"/> and <see cref="Y"/> have the same length.</summary>
public sealed record RateCurve
{
    public required string Name { get; init; }

    public required IReadOnlyList<double> X { get; init; }

    public required IReadOnlyList<double> Y { get; init; }

    /// <summary>The figure that sums the curve up: area under it, average precision, calibration error; null when undefined.</summary>
    public double? Score { get; init; }

    /// <summary>Share of positives: what a classifier without skill reaches in a precision-recall plot; null draws no such line.</summary>
    public double? Prevalence { get; init; }

    /// <summary>Cases behind each point of a calibration curve; empty when not known.</summary>
    public IReadOnlyList<long> Counts { get; init; } = [];

    /// <summary>Drawn dashed.</summary>
    public bool IsBaseline { get; init; }
}
