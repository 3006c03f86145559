using CmlNet.Reports.Findings;
using CmlNet.Reports.Readers;
using CmlNet.Reports.Statistics;

namespace CmlNet.Reports.Predictions;

/// <summary>A regression against its baseline on the same rows, by paired bootstrap.</summary>
internal static class RegressionComparison
{
    private const int Shared = 3;
    private const int PerSide = 4;
    private const int Terms = Shared + 2 * PerSide;
    private static readonly string[] Metrics = ["mae", "mse", "rmse", "r2", "mape", "explained_variance", "bias"];

    /// <summary>The baseline's predictions in this run's order; null, with the reason, when the rows are not the same.</summary>
    public static (double[]? Old, string? Refusal) Align(RegressionArtifact now, RegressionArtifact old)
    {
        if (now.Rows is not { } rows || old.Rows is not { } oldRows)
            return (null, "the rows of one of them are not known");
        RowMatch match = RowMatch.Of(rows, oldRows, (i, j) => now.Actual[i].Equals(old.Actual[j]));
        return match.OldRows is { } order ? ([.. order.Select(row => old.Predicted[row])], null) : (null, match.Refusal);
    }

    public static IReadOnlyList<SignificanceResult> Of(RegressionArtifact now, double[] old, int resamples, CancellationToken cancellationToken)
    {
        int n = now.Actual.Length;
        double mean = now.Actual.Average();
        double[]? weights = now.Weights;
        double[] terms = new double[n * Terms];
        for (int i = 0; i < n; i++)
        {
            double target = now.Actual[i] - mean;
            double weight = weights is null ? 1 : weights[i];
            terms[i * Terms] = weight;
            terms[i * Terms + 1] = weight * target;
            terms[i * Terms + 2] = weight * target * target;
            Fill(terms.AsSpan(i * Terms + Shared, PerSide), now.Actual[i], old[i], weight);
            Fill(terms.AsSpan(i * Terms + Shared + PerSide, PerSide), now.Actual[i], now.Predicted[i], weight);
        }

        IReadOnlyList<BootstrapInterval?> intervals = SumBootstrap.Run(terms, Terms, (sums, differences) =>
        {
            Span<double> before = stackalloc double[Metrics.Length];
            double weighed = sums[0], variance = sums[2] / weighed - sums[1] / weighed * (sums[1] / weighed);
            Figures(sums.Slice(Shared, PerSide), weighed, variance, before);
            Figures(sums.Slice(Shared + PerSide, PerSide), weighed, variance, differences);
            for (int i = 0; i < differences.Length; i++)
                differences[i] -= before[i];
        }, Metrics.Length, resamples, ClassificationSignificance.Seed, cancellationToken);
        var newFigures = RegressionFigures.Named(RegressionScores.Of(now.Actual, now.Predicted, weights)).ToDictionary(StringComparer.Ordinal);
        var oldFigures = RegressionFigures.Named(RegressionScores.Of(now.Actual, old, weights)).ToDictionary(StringComparer.Ordinal);
        return [.. Metrics.Zip(intervals).Where(pair => pair.Second is not null).Select(pair => new SignificanceResult
        {
            File = now.Path, Method = "paired bootstrap", Metric = pair.First, Old = oldFigures[pair.First], New = newFigures[pair.First],
            Low = pair.Second!.Low, High = pair.Second.High, P = pair.Second.P, Resamples = pair.Second.Resamples, Seed = ClassificationSignificance.Seed, // filtered
        })];
    }

    // What the figures are made of: error, its absolute value, its square, its share of the target.
    private static void Fill(Span<double> terms, double actual, double predicted, double weight)
    {
        double error = actual - predicted;
        (terms[0], terms[1], terms[2], terms[3]) = (weight * error, weight * Math.Abs(error), weight * error * error, weight * Math.Abs(error) / Math.Max(Math.Abs(actual), RegressionScores.Smallest));
    }

    // In the order of the names; NaN where the target of a resample is constant.
    private static void Figures(ReadOnlySpan<double> sums, double n, double variance, Span<double> figures)
    {
        double bias = sums[0] / n, square = sums[2] / n;
        (figures[0], figures[1], figures[2], figures[4], figures[6]) = (sums[1] / n, square, Math.Sqrt(square), sums[3] / n, bias);
        figures[3] = variance > 0 ? 1 - square / variance : double.NaN;
        figures[5] = variance > 0 ? 1 - (square - bias * bias) / variance : double.NaN;
    }
}
