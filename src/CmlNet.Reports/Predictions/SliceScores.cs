using CmlNet.Reports.Statistics;

namespace CmlNet.Reports.Predictions;

/// <summary>How certain the figures of a slice's probabilities are.</summary>
internal sealed record SliceScores
{
    private const double Z95 = 1.959963984540054;

    /// <summary>Rows have weights: then only what was resampled has an interval.</summary>
    public bool IsWeighted { get; init; }

    /// <summary>Null for slices too large to be resampled.</summary>
    public ScoreIntervals? Intervals { get; init; }

    /// <summary>Null for slices too large to be sorted again.</summary>
    public DeLong? Area { get; init; }

    /// <summary>Null also without a baseline.</summary>
    public DeLong? AreaChange { get; init; }

    /// <summary>95 % interval of a figure; null where there is none.</summary>
    public (double Low, double High)? Interval(string metric, ClassificationFigures figures) => metric switch
    {
        "log_loss" => figures.Probability?.LogLossInterval,
        "brier" => figures.Probability?.BrierInterval,
        "roc_auc" when IsWeighted => null,
        _ when IsWeighted && metric.StartsWith("top_", StringComparison.Ordinal) => null,
        "roc_auc" => Area is { } area ? Within(area.Difference, area.StandardError) : HanleyMcNeil(figures),
        _ when metric.StartsWith("top_", StringComparison.Ordinal) => figures.Probability is { } probability && figures[metric] is { } share ? Proportions.Wilson((long)Math.Round(share * probability.Count), probability.Count) : null,
        _ => ScoreIntervals.Find(Intervals?.Levels, metric) is { } drawn ? (drawn.Low, drawn.High) : null,
    };

    /// <summary>That a figure has not changed; null where it was not tested.</summary>
    public double? P(string metric) => metric == "roc_auc" ? AreaChange?.P : ScoreIntervals.Find(Intervals?.Changes, metric)?.P;

    // Hanley and McNeil (1982). With several classes the errors of the areas are averaged as if they were of one mind, so that the interval is never too narrow.
    private static (double Low, double High)? HanleyMcNeil(ClassificationFigures figures)
    {
        if (figures.Probability is not { RocAuc: { } mean } probability)
            return null;
        bool isTwo = figures.Counts.Labels.Count == 2;
        int[] classes = isTwo && figures.Positive is { } positive ? [positive] : [.. Enumerable.Range(0, figures.Counts.Labels.Count)];
        double error = 0;
        foreach (int label in classes)
        {
            if ((isTwo ? mean : label < probability.PerClass.Count ? probability.PerClass[label].RocAuc : null) is not { } area)
                return null;
            double positives = figures.Counts.Support[label], negatives = figures.Count - positives;
            double q1 = area / (2 - area), q2 = 2 * area * area / (1 + area);
            error += Math.Sqrt(Math.Max(0, area * (1 - area) + (positives - 1) * (q1 - area * area) + (negatives - 1) * (q2 - area * area)) / (positives * negatives)) / classes.Length;
        }

        return Within(mean, error);
    }

    private static (double Low, double High) Within(double area, double error) => (Math.Max(0, area - Z95 * error), Math.Min(1, area + Z95 * error));
}
