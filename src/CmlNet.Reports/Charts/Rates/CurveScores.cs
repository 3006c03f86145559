namespace CmlNet.Reports.Charts.Rates;

/// <summary>What sums up a curve of which only the points are known. Null where they are not those of a whole curve, in order.</summary>
internal static class CurveScores
{
    private const double Slack = 1e-9;

    /// <summary>Area under a ROC curve by the trapezoidal rule, which is exact also for points from which those on straight lines were left out.</summary>
    public static double? Area(IReadOnlyList<double> x, IReadOnlyList<double> y) => Sum(x, y, (low, high) => (low + high) / 2);

    /// <summary>Average precision as scikit-learn has it: each step of recall counts with the precision at its end.</summary>
    public static double? AveragePrecision(IReadOnlyList<double> recall, IReadOnlyList<double> precision) => Sum(recall, precision, (_, high) => high);

    // Over x from 0 to 1, in either order; the two values are those at the lower and the higher x.
    private static double? Sum(IReadOnlyList<double> x, IReadOnlyList<double> y, Func<double, double, double> height)
    {
        if (x.Count < 2 || x.Count != y.Count)
            return null;
        bool rises = x[^1] > x[0];
        double sum = 0;
        for (int i = 1; i < x.Count; i++)
        {
            (int low, int high) = rises ? (i - 1, i) : (i, i - 1);
            double step = x[high] - x[low];
            if (!(step >= 0) || y[low] is not (>= 0 and <= 1) || y[high] is not (>= 0 and <= 1))
                return null;
            sum += step * height(y[low], y[high]);
        }

        return Math.Abs(Math.Min(x[0], x[^1])) <= Slack && Math.Abs(Math.Max(x[0], x[^1]) - 1) <= Slack ? sum : null;
    }
}
