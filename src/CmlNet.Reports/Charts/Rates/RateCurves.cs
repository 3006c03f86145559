using CmlNet.Reports.Statistics;

namespace CmlNet.Reports.Charts.Rates;

/// <summary>The points of the curves, from scores and truth. Definitions are scikit-learn's (<c>roc_curve</c>, <c>precision_recall_curve</c>, <c>calibration_curve</c>); scores that are NaN are left out.</summary>
internal static class RateCurves
{
    /// <summary>A point per distinct score that changes the direction, from (0, 0) to (1, 1). No points without both classes.</summary>
    public static RateCurve Roc(string name, IReadOnlyList<double> scores, IReadOnlyList<bool> isPositive, double[]? rowWeights = null)
    {
        (double[] keys, bool[] labels, double[] weights) = Sort(scores, isPositive, rowWeights);
        double positives = Sum(labels, weights, isPositive: true), negatives = Sum(labels, weights, isPositive: false);
        List<double> x = [0], y = [0];
        foreach ((double hits, double alarms) in Thresholds(keys, labels, weights))
        {
            (double X, double Y) next = (alarms / negatives, hits / positives);
            // Three in a row on one line: the middle one says nothing.
            bool straight = x.Count > 1 && ((x[^1] == x[^2] && next.X == x[^1]) || (y[^1] == y[^2] && next.Y == y[^1]));
            if (straight)
            {
                (x[^1], y[^1]) = next;
                continue;
            }

            x.Add(next.X);
            y.Add(next.Y);
        }

        bool defined = positives > 0 && negatives > 0;
        return new RateCurve { Name = name, X = defined ? x : [], Y = defined ? y : [], Score = RankingScores.Of(keys, labels, weights).RocAuc };
    }

    /// <summary>From recall 0 (precision 1 by convention) to recall 1. No points without a positive.</summary>
    public static RateCurve PrecisionRecall(string name, IReadOnlyList<double> scores, IReadOnlyList<bool> isPositive, double[]? rowWeights = null)
    {
        (double[] keys, bool[] labels, double[] weights) = Sort(scores, isPositive, rowWeights);
        double positives = Sum(labels, weights, isPositive: true);
        List<double> x = [0], y = [1];
        foreach ((double hits, double alarms) in Thresholds(keys, labels, weights))
        {
            x.Add(hits / positives);
            y.Add(hits / (hits + alarms));
            if (hits >= positives)
                break;
        }

        return new RateCurve
        {
            Name = name,
            X = positives > 0 ? x : [],
            Y = positives > 0 ? y : [],
            Score = RankingScores.Of(keys, labels, weights).AveragePrecision,
            Prevalence = labels.Length > 0 ? positives / weights.Sum() : null,
        };
    }

    /// <summary>Mean probability and observed share in bins of equal width; empty bins are left out.</summary>
    public static RateCurve Calibration(string name, IReadOnlyList<double> probabilities, IReadOnlyList<bool> isPositive, int bins = 15)
    {
        double[] sums = new double[bins];
        long[] counts = new long[bins], hits = new long[bins];
        List<double> kept = [];
        List<bool> truth = [];
        for (int i = 0; i < probabilities.Count; i++)
        {
            double p = probabilities[i];
            if (double.IsNaN(p))
                continue;
            int bin = Math.Clamp((int)Math.Ceiling(p * bins) - 1, 0, bins - 1);
            sums[bin] += p;
            counts[bin]++;
            hits[bin] += isPositive[i] ? 1 : 0;
            kept.Add(p);
            truth.Add(isPositive[i]);
        }

        int[] filled = [.. Enumerable.Range(0, bins).Where(bin => counts[bin] > 0)];
        return new RateCurve
        {
            Name = name,
            X = [.. filled.Select(bin => sums[bin] / counts[bin])],
            Y = [.. filled.Select(bin => (double)hits[bin] / counts[bin])],
            Counts = [.. filled.Select(bin => counts[bin])],
            Score = ProbabilityScores.CalibrationError(kept.ToArray(), truth.ToArray()),
        };
    }

    private static double Sum(bool[] labels, double[] weights, bool isPositive)
    {
        double sum = 0;
        for (int i = labels.Length - 1; i >= 0; i--)
            sum += labels[i] == isPositive ? weights[i] : 0; // in the order of the thresholds, so that the last of them reaches it
        return sum;
    }

    private static (double[] Keys, bool[] Labels, double[] Weights) Sort(IReadOnlyList<double> scores, IReadOnlyList<bool> isPositive, double[]? weights)
    {
        // Rows without weight make no threshold, as in scikit-learn.
        int[] kept = [.. Enumerable.Range(0, scores.Count).Where(i => !double.IsNaN(scores[i]) && weights?[i] is null or > 0)];
        double[] keys = Array.ConvertAll(kept, i => scores[i]);
        Array.Sort(keys, kept);
        return (keys, Array.ConvertAll(kept, i => isPositive[i]), Array.ConvertAll(kept, i => weights is null ? 1 : weights[i]));
    }

    // Hits and false alarms at every distinct score, highest first.
    private static IEnumerable<(double Hits, double Alarms)> Thresholds(double[] keys, bool[] labels, double[] weights)
    {
        double hits = 0, alarms = 0;
        for (int i = keys.Length - 1; i >= 0; i--)
        {
            hits += labels[i] ? weights[i] : 0;
            alarms += labels[i] ? 0 : weights[i];
            if (i == 0 || keys[i - 1] != keys[i])
                yield return (hits, alarms);
        }
    }
}
