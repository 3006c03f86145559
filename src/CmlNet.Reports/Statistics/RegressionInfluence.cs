namespace CmlNet.Reports.Statistics;

/// <summary>
/// How much each row moves the figures of a regression, and from that how certain they are: the infinitesimal jackknife, or delta method (Efron and Tibshirani 1993,
/// chapters 21 and 22; van der Vaart 1998, chapter 3). Of a mean it is the usual standard error, with the standard deviation of the sample.
/// </summary>
/// <param name="actual">At least one row, finite numbers.</param>
/// <param name="predicted">As many.</param>
internal sealed class RegressionInfluence(double[] actual, double[] predicted)
{
    private const double Z95 = 1.959963984540054;
    private readonly double _mean = actual.Average();
    private readonly double _bias = Mean(actual, predicted, error => error);
    private readonly double _absolute = Mean(actual, predicted, Math.Abs);
    private readonly double _squared = Mean(actual, predicted, error => error * error);
    private double? _variance, _errorVariance, _percentage;

    private double Variance => _variance ??= actual.Average(value => (value - _mean) * (value - _mean));

    private double ErrorVariance => _errorVariance ??= Mean(actual, predicted, error => (error - _bias) * (error - _bias));

    private double Percentage => _percentage ??= Enumerable.Range(0, actual.Length).Average(Share);

    /// <summary>95 % interval of a figure, not beyond what it can be; null for those without a method (the greatest error) and for a single row.</summary>
    public (double Low, double High)? Interval(string metric, double? value)
    {
        if (metric == "median_ae")
            return Median();
        if (value is not { } figure || StandardError(i => Of(metric, i)) is not { } error)
            return null;
        bool isShare = metric is "r2" or "explained_variance", isSigned = isShare || metric == "bias";
        (double low, double high) = (figure - Z95 * error, figure + Z95 * error);
        return (isSigned ? low : Math.Max(0, low), isShare ? Math.Min(1, high) : high);
    }

    /// <summary>That a figure is what it was on the same rows, two-sided, normal; null where it is not tested.</summary>
    /// <param name="old">Of the same rows.</param>
    /// <param name="metric">The figure.</param>
    /// <param name="change">New minus old.</param>
    public double? P(RegressionInfluence old, string metric, double? change) =>
        change is not { } difference || StandardError(i => Of(metric, i) - old.Of(metric, i)) is not { } error ? null
        : error > 0 ? Tails.TwoSidedNormal(difference / error)
        : difference == 0 ? 1 : null;

    /// <summary>The derivative of a figure by the weight of a row; NaN for figures that have none.</summary>
    public double Of(string metric, int row)
    {
        double error = actual[row] - predicted[row], square = error * error, centred = actual[row] - _mean;
        return (metric switch
        {
            "mae" => Math.Abs(error) - _absolute,
            "mse" => square - _squared,
            "rmse" => _squared > 0 ? (square - _squared) / (2 * Math.Sqrt(_squared)) : 0,
            "mape" => Share(row) - Percentage,
            "bias" => error - _bias,
            "r2" => Unexplained(square, _squared, centred * centred),
            "explained_variance" => Unexplained((error - _bias) * (error - _bias), ErrorVariance, centred * centred),
            _ => double.NaN,
        }) / actual.Length;
    }

    // Of one minus a ratio of means. A constant target leaves nothing to explain.
    private double Unexplained(double left, double leftMean, double square) =>
        Variance > 0 ? leftMean * (square - Variance) / (Variance * Variance) - (left - leftMean) / Variance : double.NaN;

    private double Share(int row) => Math.Abs(actual[row] - predicted[row]) / Math.Max(Math.Abs(actual[row]), RegressionScores.Smallest);

    private double? StandardError(Func<int, double> influence)
    {
        double n = actual.Length, sum = 0;
        for (int i = 0; i < actual.Length; i++)
        {
            double one = influence(i);
            sum += one * one;
        }

        double error = Math.Sqrt(sum * n / (n - 1));
        return double.IsFinite(error) ? error : null;
    }

    // Between the errors at ranks n/2 ± 1.96 √n/2: the signs of the errors less the median are coins (Conover 1999, section 3.2). Null with too few rows.
    private (double Low, double High)? Median()
    {
        int n = actual.Length;
        double half = Z95 * Math.Sqrt(n) / 2;
        int low = (int)Math.Floor(n / 2.0 - half), high = (int)Math.Ceiling(n / 2.0 + half) + 1;
        if (low < 1 || high > n)
            return null;
        double[] errors = [.. Enumerable.Range(0, n).Select(i => Math.Abs(actual[i] - predicted[i]))];
        Array.Sort(errors);
        return (errors[low - 1], errors[high - 1]);
    }

    private static double Mean(double[] actual, double[] predicted, Func<double, double> of)
    {
        double sum = 0;
        for (int i = 0; i < actual.Length; i++)
            sum += of(actual[i] - predicted[i]);
        return sum / actual.Length;
    }
}
