namespace CmlNet.Reports.Statistics;

/// <summary>
/// Difference of two areas under the ROC curve on the same rows (DeLong, DeLong and Clarke-Pearson 1988). With several classes, one against the rest,
/// the areas are averaged, and so is what each row contributes to their variance.
/// </summary>
/// <param name="Difference">New minus old; or one area alone.</param>
/// <param name="StandardError">Of it.</param>
internal sealed record DeLong(double Difference, double StandardError)
{
    private const double Z95 = 1.959963984540054;

    public double Low => Difference - Z95 * StandardError;

    public double High => Difference + Z95 * StandardError;

    /// <summary>Two-sided; 1 when the two rank all rows alike.</summary>
    public double P => StandardError == 0 ? (Difference == 0 ? 1 : 0) : Tails.TwoSidedNormal(Difference / StandardError);

    /// <summary>The difference; null when one of the classes, or all but it, has fewer than two rows.</summary>
    /// <param name="actual">The true class of each row.</param>
    /// <param name="old">Row by row, a score for each class.</param>
    /// <param name="now">As <paramref name="old"/>.</param>
    /// <param name="columns">Scores of a row, of the old and of the new side.</param>
    /// <param name="classes">Which are averaged.</param>
    public static DeLong? Of(int[] actual, double[] old, double[] now, (int Old, int New) columns, IReadOnlyList<int> classes) =>
        Of(actual, classes, [(old, columns.Old, -1), (now, columns.New, 1)]);

    /// <summary>One area; null as above.</summary>
    public static DeLong? Of(int[] actual, double[] values, int columns, IReadOnlyList<int> classes) => Of(actual, classes, [(values, columns, 1)]);

    private static DeLong? Of(int[] actual, IReadOnlyList<int> classes, (double[] Values, int Columns, int Sign)[] sides)
    {
        double[] influence = new double[actual.Length], placements = new double[actual.Length];
        var order = new ScoreOrder(actual.Length);
        double sum = 0;
        foreach (int label in classes)
        {
            long positives = actual.Count(one => one == label), negatives = actual.Length - positives;
            if (positives < 2 || negatives < 2)
                return null;
            Array.Clear(placements);
            foreach ((double[] values, int columns, int sign) in sides)
            {
                order.Sort(values, label, columns);
                Place(order, actual, label, positives, negatives, placements, sign);
            }

            double area = Enumerable.Range(0, actual.Length).Where(i => actual[i] == label).Sum(i => placements[i]) / positives;
            sum += area / classes.Count;
            for (int i = 0; i < actual.Length; i++)
            {
                long n = actual[i] == label ? positives : negatives;
                influence[i] += (placements[i] - area) / Math.Sqrt((double)n * (n - 1)) / classes.Count;
            }
        }

        return new DeLong(sum, Math.Sqrt(influence.Sum(value => value * value)));
    }

    // Adds to each positive the share of negatives below it, to each negative the share of positives above it; ties count half.
    private static void Place(ScoreOrder order, int[] actual, int label, long positives, long negatives, double[] placements, int sign)
    {
        long hits = 0, alarms = 0;
        for (int start = 0, end; start < order.Rows.Length; start = end)
        {
            long groupHits = 0;
            for (end = start; end < order.Rows.Length && order.Keys[end] == order.Keys[start]; end++)
                groupHits += actual[order.Rows[end]] == label ? 1 : 0;
            long groupAlarms = end - start - groupHits;
            double positive = (negatives - alarms - groupAlarms / 2.0) / negatives, negative = (hits + groupHits / 2.0) / positives;
            for (int i = start; i < end; i++)
                placements[order.Rows[i]] += sign * (actual[order.Rows[i]] == label ? positive : negative);
            hits += groupHits;
            alarms += groupAlarms;
        }
    }
}
