using System.Runtime.InteropServices;

namespace CmlNet.Reports.Predictions;

/// <summary>What one row adds to the figures of probabilities.</summary>
/// <param name="Loss">-ln of the true class's share of the row; 0 where the scores are no probabilities.</param>
/// <param name="SquaredError">(p - y)² of the positive class of two; with more classes its sum over the classes.</param>
/// <param name="Confidence">Probability of the positive class of two, or of the likeliest class.</param>
/// <param name="IsRight">Whether the row is of that class.</param>
/// <param name="Better">Classes that count as likelier than the true one.</param>
[StructLayout(LayoutKind.Auto)]
internal readonly record struct RowScore(double Loss, double SquaredError, double Confidence, bool IsRight, int Better)
{
    /// <summary>Bins of the calibration error: of equal width, closed on the right.</summary>
    public const int BinCount = 15;

    private const double Smallest = 2.220446049250313e-16;

    /// <summary>The bin that <see cref="Confidence"/> falls into.</summary>
    public int Bin => Math.Clamp((int)Math.Ceiling(Confidence * BinCount) - 1, 0, BinCount - 1);

    /// <param name="row">Probabilities, a column for each class.</param>
    /// <param name="actual">The true class.</param>
    /// <param name="positive">The positive class of two; null for more.</param>
    /// <param name="areProbabilities">Else they only rank.</param>
    public static RowScore Of(ReadOnlySpan<double> row, int actual, int? positive, bool areProbabilities)
    {
        int likeliest = 0, better = 0;
        double truth = row[actual], squares = 0;
        for (int j = 0; j < row.Length; j++)
        {
            double error = row[j] - (j == actual ? 1 : 0);
            squares += error * error;
            if (row[j] > row[likeliest])
                likeliest = j;
            better += row[j] > truth || (row[j] == truth && j > actual) ? 1 : 0;
        }

        if (positive is { } one)
        {
            likeliest = one;
            squares = (row[one] - (actual == one ? 1 : 0)) * (row[one] - (actual == one ? 1 : 0));
        }

        return new RowScore(areProbabilities ? LossOf(row, actual) : 0, squares, row[likeliest], likeliest == actual, better);
    }

    // Both clipped as scikit-learn does.
    private static double LossOf(ReadOnlySpan<double> row, int actual)
    {
        double sum = 0;
        foreach (double p in row)
            sum += Math.Clamp(p, Smallest, 1 - Smallest);
        return -Math.Log(Math.Clamp(row[actual], Smallest, 1 - Smallest) / sum);
    }
}
