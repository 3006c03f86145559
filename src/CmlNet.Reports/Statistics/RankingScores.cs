namespace CmlNet.Reports.Statistics;

/// <summary>Figures of scores for a positive class, ties grouped; null when one of the classes does not occur.</summary>
/// <param name="RocAuc">Area under the ROC curve: the chance that a positive scores above a negative, ties counting half.</param>
/// <param name="AveragePrecision">Sum of (R_n - R_{n-1}) P_n without interpolation; null without a positive.</param>
internal sealed record RankingScores(double? RocAuc, double? AveragePrecision)
{
    /// <param name="scores">Higher means more likely positive; no NaN.</param>
    /// <param name="isPositive">As long as <paramref name="scores"/>.</param>
    /// <param name="weights">What each row counts for; empty counts every row as one.</param>
    public static RankingScores Of(ReadOnlySpan<double> scores, ReadOnlySpan<bool> isPositive, ReadOnlySpan<double> weights = default)
    {
        var order = new ScoreOrder(scores.Length);
        order.Sort(scores, 0, 1);
        var state = new RankingState();
        for (int i = 0; i < scores.Length; i++)
            state.Add(order.Keys[i], isPositive[order.Rows[i]], weights.IsEmpty ? 1 : weights[order.Rows[i]]);
        return state.End();
    }
}
