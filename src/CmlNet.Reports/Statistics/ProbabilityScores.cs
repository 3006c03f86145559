namespace CmlNet.Reports.Statistics;

/// <summary>Figures of predicted probabilities, one row per case.</summary>
internal static class ProbabilityScores
{
    /// <summary>Probabilities are kept this far from 0, as scikit-learn keeps those of 64 bits.</summary>
    private const double Smallest = 2.220446049250313e-16;

    private const int Bins = 15;

    /// <summary>-mean ln p of the true class, each row first clipped to [2.2e-16, 1 - 2.2e-16] and scaled to sum 1. Null without rows.</summary>
    /// <param name="probabilities">Row by row, one column per class.</param>
    /// <param name="actual">The true class of each row.</param>
    /// <param name="classes">Columns of a row.</param>
    public static double? LogLoss(ReadOnlySpan<double> probabilities, ReadOnlySpan<int> actual, int classes)
    {
        double total = 0;
        for (int i = 0; i < actual.Length; i++)
        {
            ReadOnlySpan<double> row = probabilities.Slice(i * classes, classes);
            double sum = 0;
            foreach (double p in row)
                sum += Math.Clamp(p, Smallest, 1 - Smallest);
            total -= Math.Log(Math.Clamp(row[actual[i]], Smallest, 1 - Smallest) / sum);
        }

        return actual.IsEmpty ? null : total / actual.Length;
    }

    /// <summary>Mean (p - y)² of the positive class's probability. Null without rows.</summary>
    public static double? Brier(ReadOnlySpan<double> probabilities, ReadOnlySpan<bool> isPositive)
    {
        double total = 0;
        for (int i = 0; i < probabilities.Length; i++)
        {
            double error = probabilities[i] - (isPositive[i] ? 1 : 0);
            total += error * error;
        }

        return probabilities.IsEmpty ? null : total / probabilities.Length;
    }

    /// <summary>Expected calibration error (Naeini et al. 2015): 15 bins of equal width, closed on the right, sum of n_b/N |accuracy - confidence|. Null without rows.</summary>
    /// <param name="confidence">Of the positive class, or of the predicted one.</param>
    /// <param name="isRight">Whether the case is positive, or the prediction right.</param>
    public static double? CalibrationError(ReadOnlySpan<double> confidence, ReadOnlySpan<bool> isRight)
    {
        Span<double> gaps = stackalloc double[Bins];
        for (int i = 0; i < confidence.Length; i++)
        {
            int bin = Math.Clamp((int)Math.Ceiling(confidence[i] * Bins) - 1, 0, Bins - 1);
            gaps[bin] += (isRight[i] ? 1 : 0) - confidence[i];
        }

        double total = 0;
        foreach (double gap in gaps)
            total += Math.Abs(gap);
        return confidence.IsEmpty ? null : total / confidence.Length;
    }

    /// <summary>Share of rows whose true class is among the <paramref name="k"/> likeliest; among equals the later class counts as likelier. Null without rows.</summary>
    public static double? TopK(ReadOnlySpan<double> probabilities, ReadOnlySpan<int> actual, int classes, int k)
    {
        long hits = 0;
        for (int i = 0; i < actual.Length; i++)
        {
            ReadOnlySpan<double> row = probabilities.Slice(i * classes, classes);
            int better = 0;
            for (int j = 0; j < classes; j++)
                better += row[j] > row[actual[i]] || (row[j] == row[actual[i]] && j > actual[i]) ? 1 : 0;
            hits += better < k ? 1 : 0;
        }

        return actual.IsEmpty ? null : (double)hits / actual.Length;
    }
}
