namespace CmlNet.Reports.Statistics;

/// <summary>Figures of a classifier that account for chance or imbalance, from the margins of the confusion matrix; scikit-learn's definitions. Null where 0/0.</summary>
/// <param name="BalancedAccuracy">Mean recall of the classes that occur.</param>
/// <param name="MatthewsCorrelation">Multi-class MCC; null when all cases are of one class, or all are predicted as one (scikit-learn says 0).</param>
/// <param name="CohenKappa">(po - pe) / (1 - pe); null when chance agreement is complete.</param>
internal sealed record AgreementScores(double? BalancedAccuracy, double? MatthewsCorrelation, double? CohenKappa)
{
    public static AgreementScores Of(ClassCounts matrix)
    {
        double total = matrix.Total, hits = 0, product = 0, predictedSquares = 0, actualSquares = 0, recalls = 0;
        int present = 0;
        for (int i = 0; i < matrix.Labels.Count; i++)
        {
            double support = matrix.Support[i], predicted = matrix.PredictedCount[i];
            hits += matrix.Hits[i];
            product += support * predicted;
            predictedSquares += predicted * predicted;
            actualSquares += support * support;
            if (support > 0)
            {
                recalls += matrix.Hits[i] / support;
                present++;
            }
        }

        double spread = (total * total - predictedSquares) * (total * total - actualSquares);
        double chance = total * total - product;
        return new AgreementScores(
            present == 0 ? null : recalls / present,
            spread <= 0 ? null : (hits * total - product) / Math.Sqrt(spread),
            chance <= 0 ? null : (hits * total - product) / chance);
    }
}
