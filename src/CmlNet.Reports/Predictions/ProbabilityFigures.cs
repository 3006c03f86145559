using CmlNet.Reports.Statistics;

namespace CmlNet.Reports.Predictions;

/// <summary>Figures of probabilities; null where undefined or where the scores are no probabilities.</summary>
internal sealed record ProbabilityFigures
{
    /// <summary>Rows that have them.</summary>
    public required long Count { get; init; }

    /// <summary>-mean ln p of the true class, clipped to [2.2e-16, 1 - 2.2e-16].</summary>
    public double? LogLoss { get; init; }

    /// <summary>95 % interval of <see cref="LogLoss"/>: mean ± 1.96 standard errors (standard deviation of the sample).</summary>
    public (double Low, double High)? LogLossInterval { get; init; }

    /// <summary>Mean (p - y)² of the positive class of two; with more classes the sum over classes of it (Brier's own definition, from 0 to 2).</summary>
    public double? Brier { get; init; }

    /// <summary>As <see cref="LogLossInterval"/>.</summary>
    public (double Low, double High)? BrierInterval { get; init; }

    /// <summary>Expected calibration error over <see cref="Bins"/>: of the positive class's probability for two classes, of the likeliest class's for more.</summary>
    public double? CalibrationError { get; init; }

    /// <summary>Of the positive class of two; with more classes the mean of one against the rest, null when any of them is.</summary>
    public double? RocAuc { get; init; }

    /// <inheritdoc cref="RocAuc"/>
    public double? AveragePrecision { get; init; }

    /// <summary>Each class against the rest, in the order of the labels; one column of scores stands for both of two.</summary>
    public IReadOnlyList<RankingScores> PerClass { get; init; } = [];

    /// <summary>Share of rows whose true class is among the K likeliest, for K below the number of classes.</summary>
    public IReadOnlyList<KeyValuePair<int, double>> TopK { get; init; } = [];

    /// <summary>Those with rows, by rising confidence.</summary>
    public IReadOnlyList<CalibrationBin> Bins { get; init; } = [];
}
