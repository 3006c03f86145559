namespace CmlNet.Reports.Statistics;

/// <summary>Figures of a regression, scikit-learn's definitions; standard deviations are of the population.</summary>
internal sealed record RegressionScores
{
    internal const double Smallest = 2.220446049250313e-16;

    public required long Count { get; init; }

    public required double MeanAbsoluteError { get; init; }

    public required double MeanSquaredError { get; init; }

    public double RootMeanSquaredError => Math.Sqrt(MeanSquaredError);

    /// <summary>1 - SSE/SST; null for fewer than two rows. With a constant target: 1 when every prediction is exact, else 0.</summary>
    public required double? R2 { get; init; }

    /// <summary>Mean |e| / max(|y|, 2.2e-16), a fraction and not a percentage.</summary>
    public required double MeanAbsolutePercentageError { get; init; }

    /// <summary>1 - var(e)/var(y); with a constant target 1 when the error is constant too, else 0.</summary>
    public required double ExplainedVariance { get; init; }

    public required double MedianAbsoluteError { get; init; }

    public required double MaxError { get; init; }

    /// <summary>Mean of actual minus predicted.</summary>
    public required double Bias { get; init; }

    /// <summary>At least one row, finite numbers.</summary>
    /// <param name="actual">The targets.</param>
    /// <param name="predicted">As many.</param>
    /// <param name="weights">What each row counts for; empty counts every row as one.</param>
    public static RegressionScores Of(ReadOnlySpan<double> actual, ReadOnlySpan<double> predicted, ReadOnlySpan<double> weights = default)
    {
        int n = actual.Length;
        double[] absolute = new double[n];
        double total = 0, sum = 0, errors = 0, squares = 0, distances = 0, percentage = 0;
        for (int i = 0; i < n; i++)
        {
            double error = actual[i] - predicted[i], weight = weights.IsEmpty ? 1 : weights[i];
            absolute[i] = Math.Abs(error);
            total += weight;
            sum += weight * actual[i];
            errors += weight * error;
            squares += weight * error * error;
            distances += weight * absolute[i];
            percentage += weight * absolute[i] / Math.Max(Math.Abs(actual[i]), Smallest);
        }

        double mean = sum / total, bias = errors / total, spread = 0, errorSpread = 0;
        for (int i = 0; i < n; i++)
        {
            double centred = actual[i] - mean, error = actual[i] - predicted[i] - bias, weight = weights.IsEmpty ? 1 : weights[i];
            spread += weight * centred * centred;
            errorSpread += weight * error * error;
        }

        double largest = absolute.Max();
        return new RegressionScores
        {
            Count = n,
            MeanAbsoluteError = distances / total,
            MeanSquaredError = squares / total,
            R2 = n < 2 ? null : Explained(squares, spread),
            MeanAbsolutePercentageError = percentage / total,
            ExplainedVariance = Explained(errorSpread, spread),
            MedianAbsoluteError = Median(absolute, weights),
            MaxError = largest,
            Bias = bias,
        };
    }

    // Between the middle two; with weights, the least at which half of the weight is reached, as scikit-learn has both.
    private static double Median(double[] absolute, ReadOnlySpan<double> weights)
    {
        int n = absolute.Length;
        double[] sorted = [.. absolute], ordered = weights.ToArray();
        if (weights.IsEmpty)
        {
            Array.Sort(sorted);
            return n % 2 == 1 ? sorted[n / 2] : (sorted[n / 2 - 1] + sorted[n / 2]) / 2;
        }

        Array.Sort(sorted, ordered);
        double half = 0, reached = 0;
        foreach (double weight in ordered)
            half += weight / 2;
        for (int i = 0; i < n; i++)
        {
            reached += ordered[i];
            if (reached >= half)
                return sorted[i];
        }

        return sorted[^1];
    }

    private static double Explained(double left, double spread) => spread == 0 ? (left == 0 ? 1 : 0) : 1 - left / spread;
}
