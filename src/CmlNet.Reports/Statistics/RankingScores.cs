namespace CmlNet.Reports.Statistics;

/// <summary>Figures of scores for a positive class, ties grouped; null when one of the classes does not occur.</summary>
/// <param name="RocAuc">Area under the ROC curve: the chance that a positive scores above a negative, ties counting half.</param>
/// <param name="AveragePrecision">Sum of (R_n - R_{n-1}) P_n without interpolation; null without a positive.</param>
internal sealed record RankingScores(double? RocAuc, double? AveragePrecision)
{
    /// <param name="scores">Higher means more likely positive; no NaN.</param>
    /// <param name="isPositive">As long as <paramref name="scores"/>.</param>
    public static RankingScores Of(ReadOnlySpan<double> scores, ReadOnlySpan<bool> isPositive)
    {
        double[] keys = scores.ToArray();
        bool[] labels = isPositive.ToArray();
        Array.Sort(keys, labels);
        long positives = isPositive.Count(true), negatives = keys.Length - positives;
        long hits = 0, alarms = 0;
        double doubledArea = 0, precision = 0;
        for (int end = keys.Length; end > 0;)
        {
            int start = end;
            long groupHits = 0;
            do
            {
                start--;
                groupHits += labels[start] ? 1 : 0;
            }
            while (start > 0 && keys[start - 1] == keys[end - 1]);
            long groupAlarms = end - start - groupHits;
            doubledArea += (double)groupAlarms * (2 * hits + groupHits);
            hits += groupHits;
            alarms += groupAlarms;
            precision += (double)groupHits * hits / (hits + alarms);
            end = start;
        }

        return new RankingScores(positives == 0 || negatives == 0 ? null : doubledArea / 2 / positives / negatives, positives == 0 ? null : precision / positives);
    }
}
