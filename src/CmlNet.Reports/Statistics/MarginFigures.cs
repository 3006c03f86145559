namespace CmlNet.Reports.Statistics;

/// <summary>The figures that follow from the margins of a confusion matrix, under the names that gates and programs use.</summary>
internal static class MarginFigures
{
    /// <summary>In the order of <see cref="Fill"/>. Precision, recall and f1 are of the positive class of two, else macro averages.</summary>
    public static readonly IReadOnlyList<string> Names = ["accuracy", "balanced_accuracy", "precision", "recall", "f1", "weighted_f1", "mcc", "cohen_kappa"];

    /// <summary>NaN where a figure is 0/0; in averages such a class counts as 0, as in scikit-learn.</summary>
    public static void Fill(ClassCounts counts, int? positive, Span<double> figures)
    {
        double total = counts.Total, hits = 0, product = 0, predictedSquares = 0, actualSquares = 0, recalls = 0, precisions = 0, f1 = 0, weighted = 0;
        int present = 0, classes = counts.Labels.Count;
        for (int i = 0; i < classes; i++)
        {
            double support = counts.Support[i], predicted = counts.PredictedCount[i], right = counts.Hits[i];
            hits += right;
            product += support * predicted;
            predictedSquares += predicted * predicted;
            actualSquares += support * support;
            precisions += predicted > 0 ? right / predicted : 0;
            double score = support + predicted > 0 ? 2 * right / (support + predicted) : 0;
            f1 += score;
            weighted += score * support;
            if (support > 0)
            {
                recalls += right / support;
                present++;
            }
        }

        double spread = (total * total - predictedSquares) * (total * total - actualSquares), chance = total * total - product;
        figures[0] = hits / total;
        figures[1] = recalls / present;
        figures[2] = precisions / classes;
        figures[3] = recalls / classes;
        figures[4] = f1 / classes;
        figures[5] = weighted / total;
        figures[6] = spread <= 0 ? double.NaN : (hits * total - product) / Math.Sqrt(spread);
        figures[7] = chance <= 0 ? double.NaN : (hits * total - product) / chance;
        if (positive is not { } one)
            return;
        figures[2] = counts.Hits[one] / counts.PredictedCount[one];
        figures[3] = counts.Hits[one] / counts.Support[one];
        figures[4] = 2.0 * counts.Hits[one] / (counts.PredictedCount[one] + counts.Support[one]);
    }
}
