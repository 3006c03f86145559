namespace CmlNet.Reports.Statistics;

/// <summary>
/// How much each row moves the figures of a regression, and from that how certain they are: the infinitesimal jackknife, or delta method (Efron and Tibshirani 1993,
/// chapters 21 and 22; van der Vaart 1998, chapter 3). Of a mean it is the usual standard error, with the standard deviation of the sample.
/// </summary>
internal sealed class RegressionInfluence
{
    private const double Z95 = 1.959963984540054;
    private readonly double[] _actual, _predicted;
    private readonly double[]? _weights;
    private readonly double _total, _mean, _bias, _absolute, _squared, _variance, _errorVariance, _percentage;

    /// <param name="actual">At least one row, finite numbers.</param>
    /// <param name="predicted">As many.</param>
    /// <param name="weights">What each row counts for; null counts every row as one.</param>
    public RegressionInfluence(double[] actual, double[] predicted, double[]? weights = null)
    {
        (_actual, _predicted, _weights) = (actual, predicted, weights);
        _total = weights?.Sum() ?? actual.Length;
        _mean = Mean(i => actual[i]);
        _bias = Mean(Error);
        _absolute = Mean(i => Math.Abs(Error(i)));
        _squared = Mean(i => Error(i) * Error(i));
        _variance = Mean(i => (actual[i] - _mean) * (actual[i] - _mean));
        _errorVariance = Mean(i => (Error(i) - _bias) * (Error(i) - _bias));
        _percentage = Mean(Share);
    }

    /// <summary>95 % interval of a figure, not beyond what it can be; null for those without a method (the greatest error; with weights the median) and for a single row.</summary>
    public (double Low, double High)? Interval(string metric, double? value)
    {
        if (metric == "median_ae")
            return _weights is null ? Median() : null;
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

    // The derivative of a figure by the weight of a row, times that weight; NaN for figures that have none.
    private double Of(string metric, int row)
    {
        double error = Error(row), square = error * error, centred = _actual[row] - _mean;
        return Weight(row) / _total * metric switch
        {
            "mae" => Math.Abs(error) - _absolute,
            "mse" => square - _squared,
            "rmse" => _squared > 0 ? (square - _squared) / (2 * Math.Sqrt(_squared)) : 0,
            "mape" => Share(row) - _percentage,
            "bias" => error - _bias,
            "r2" => Unexplained(square, _squared, centred * centred),
            "explained_variance" => Unexplained((error - _bias) * (error - _bias), _errorVariance, centred * centred),
            _ => double.NaN,
        };
    }

    // Of one minus a ratio of means. A constant target leaves nothing to explain.
    private double Unexplained(double left, double leftMean, double square) =>
        _variance > 0 ? leftMean * (square - _variance) / (_variance * _variance) - (left - leftMean) / _variance : double.NaN;

    private double Error(int row) => _actual[row] - _predicted[row];

    private double Share(int row) => Math.Abs(Error(row)) / Math.Max(Math.Abs(_actual[row]), RegressionScores.Smallest);

    private double Weight(int row) => _weights is null ? 1 : _weights[row];

    private double? StandardError(Func<int, double> influence)
    {
        double n = _weights?.Count(weight => weight > 0) ?? _actual.Length, sum = 0;
        for (int i = 0; i < _actual.Length; i++)
        {
            double one = influence(i);
            sum += one * one;
        }

        double error = Math.Sqrt(sum * n / (n - 1));
        return double.IsFinite(error) ? error : null;
    }

    // Between the errors at ranks n/2 ± 1.96 √n/2: on which side of the median errors lie is a toss of coins (Conover 1999, section 3.2). Null with too few rows.
    private (double Low, double High)? Median()
    {
        int n = _actual.Length;
        double half = Z95 * Math.Sqrt(n) / 2;
        int low = (int)Math.Floor(n / 2.0 - half), high = (int)Math.Ceiling(n / 2.0 + half) + 1;
        if (low < 1 || high > n)
            return null;
        double[] errors = [.. Enumerable.Range(0, n).Select(i => Math.Abs(Error(i)))];
        Array.Sort(errors);
        return (errors[low - 1], errors[high - 1]);
    }

    private double Mean(Func<int, double> of)
    {
        double sum = 0;
        for (int i = 0; i < _actual.Length; i++)
            sum += Weight(i) * of(i);
        return sum / _total;
    }
}
