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
    public static RegressionScores Of(ReadOnlySpan<double> actual, ReadOnlySpan<double> predicted)
    {
        int n = actual.Length;
        double[] absolute = new double[n];
        double sum = 0, errors = 0, squares = 0, total = 0, percentage = 0;
        for (int i = 0; i < n; i++)
        {
            double error = actual[i] - predicted[i];
            absolute[i] = Math.Abs(error);
            sum += actual[i];
            errors += error;
            squares += error * error;
            total += absolute[i];
            percentage += absolute[i] / Math.Max(Math.Abs(actual[i]), Smallest);
        }

        double mean = sum / n, bias = errors / n, spread = 0, errorSpread = 0;
        for (int i = 0; i < n; i++)
        {
            double centred = actual[i] - mean, error = actual[i] - predicted[i] - bias;
            spread += centred * centred;
            errorSpread += error * error;
        }

        Array.Sort(absolute);
        return new RegressionScores
        {
            Count = n,
            MeanAbsoluteError = total / n,
            MeanSquaredError = squares / n,
            R2 = n < 2 ? null : Explained(squares, spread),
            MeanAbsolutePercentageError = percentage / n,
            ExplainedVariance = Explained(errorSpread, spread),
            MedianAbsoluteError = n % 2 == 1 ? absolute[n / 2] : (absolute[n / 2 - 1] + absolute[n / 2]) / 2,
            MaxError = absolute[^1],
            Bias = bias,
        };
    }

    private static double Explained(double left, double spread) => spread == 0 ? (left == 0 ? 1 : 0) : 1 - left / spread;
}
