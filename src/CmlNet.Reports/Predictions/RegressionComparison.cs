using CmlNet.Reports.Findings;
using CmlNet.Reports.Readers;
using CmlNet.Reports.Statistics;

namespace CmlNet.Reports.Predictions;

/// <summary>A regression against its baseline on the same rows, by paired bootstrap.</summary>
internal static class RegressionComparison
{
    private static readonly string[] Metrics = ["mae", "mse", "rmse", "r2"];

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
        const int Terms = 6;
        int n = now.Actual.Length;
        double[] terms = new double[n * Terms];
        for (int i = 0; i < n; i++)
        {
            double target = now.Actual[i], before = target - old[i], after = target - now.Predicted[i];
            ReadOnlySpan<double> row = [Math.Abs(before), before * before, Math.Abs(after), after * after, target, target * target];
            row.CopyTo(terms.AsSpan(i * Terms));
        }

        IReadOnlyList<BootstrapInterval?> intervals = SumBootstrap.Run(terms, Terms, (sums, differences) =>
        {
            double spread = sums[5] - sums[4] * sums[4] / n;
            differences[0] = (sums[2] - sums[0]) / n;
            differences[1] = (sums[3] - sums[1]) / n;
            differences[2] = Math.Sqrt(sums[3] / n) - Math.Sqrt(sums[1] / n);
            differences[3] = spread > 0 ? (sums[1] - sums[3]) / spread : double.NaN;
        }, Metrics.Length, resamples, ClassificationSignificance.Seed, cancellationToken);
        var newFigures = RegressionFigures.Named(RegressionScores.Of(now.Actual, now.Predicted)).ToDictionary(StringComparer.Ordinal);
        var oldFigures = RegressionFigures.Named(RegressionScores.Of(now.Actual, old)).ToDictionary(StringComparer.Ordinal);
        return [.. Metrics.Zip(intervals).Where(pair => pair.Second is not null).Select(pair => new SignificanceResult
        {
            File = now.Path, Method = "paired bootstrap", Metric = pair.First, Old = oldFigures[pair.First], New = newFigures[pair.First],
            Low = pair.Second!.Low, High = pair.Second.High, P = pair.Second.P, Resamples = pair.Second.Resamples, Seed = ClassificationSignificance.Seed, // filtered
        })];
    }
}
