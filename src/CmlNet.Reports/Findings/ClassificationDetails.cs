using CmlNet.Reports.Predictions;
using CmlNet.Reports.Readers;
using CmlNet.Reports.Statistics;

namespace CmlNet.Reports.Findings;

/// <summary>What helps to understand a classifier's errors: thresholds, tags, the rows it got most wrong.</summary>
internal static class ClassificationDetails
{
    private const int MostExamples = 10;

    /// <summary>At 0.1 to 0.9, and where F1 is greatest; empty without probabilities of a positive class.</summary>
    public static IReadOnlyList<ThresholdResult> Thresholds(PredictionsArtifact predictions)
    {
        if (predictions.Scores is not { AreProbabilities: true } scores || predictions.Positive is not { } positive)
            return [];
        int[] rows = [.. Enumerable.Range(0, predictions.Actual.Length).Where(row => !double.IsNaN(scores.Values[row * scores.Columns]))];
        double[] values = [.. rows.Select(row => scores.Values[row * scores.Columns + (scores.IsSingle ? 0 : positive)])];
        var order = new ScoreOrder(rows.Length);
        order.Sort(values, 0, 1);
        double[] weights = [.. rows.Select(row => predictions.Weights is { } given ? given[row] : 1)];
        double all = weights.Sum(), positives = rows.Select((row, i) => predictions.Actual[row] == positive ? weights[i] : 0).Sum();
        var at = new SortedDictionary<double, ThresholdResult>();
        foreach (int tenth in Enumerable.Range(1, 9))
            at[tenth / 10.0] = At(tenth / 10.0, 0, 0, 0);
        double hits = 0, called = 0;
        (double F1, double Threshold, double Hits, double Called, long Rows) best = (-1, 0, 0, 0, 0);
        for (int i = 0, next = 9; i < rows.Length; i++)
        {
            double weight = weights[order.Rows[i]];
            called += weight;
            hits += predictions.Actual[rows[order.Rows[i]]] == positive ? weight : 0;
            if (i + 1 < rows.Length && order.Keys[i + 1] == order.Keys[i])
                continue;
            double score = ScoreOrder.Score(order.Keys[i]), f1 = 2.0 * hits / (called + positives);
            best = f1 > best.F1 ? (f1, score, hits, called, i + 1) : best;
            double below = i + 1 < rows.Length ? ScoreOrder.Score(order.Keys[i + 1]) : double.NegativeInfinity;
            for (; next > 0 && below < next / 10.0; next--)
            {
                if (score >= next / 10.0)
                    at[next / 10.0] = At(next / 10.0, hits, called, i + 1);
            }
        }

        if (positives > 0 && rows.Length > 0)
            at[best.Threshold] = At(best.Threshold, best.Hits, best.Called, best.Rows) with { IsBest = true };
        return [.. at.Values];

        ThresholdResult At(double threshold, double right, double weighed, long count) => new(
            threshold, Ratio(right, weighed), Ratio(right, positives), Ratio(2 * right, weighed + positives), Ratio(weighed - right, all - positives), count, IsBest: false);
    }

    /// <summary>The tags with most errors first.</summary>
    public static IReadOnlyList<TagResult> Tags(PredictionsArtifact predictions)
    {
        if (predictions.Rows?.Tags is not { } tags)
            return [];
        int[] rows = [.. Enumerable.Range(0, predictions.Actual.Length)];
        double whole = rows.Sum(Weight), errors = rows.Where(IsWrong).Sum(Weight);
        return [.. tags.Names.Select((tag, i) =>
        {
            int[] own = tags.Rows[i], wrong = [.. own.Where(IsWrong)];
            double weight = own.Sum(Weight), wrongWeight = wrong.Sum(Weight);
            return new TagResult(tag, own.Length, weight / whole, wrong.Length, Ratio(wrongWeight, errors), Ratio(wrongWeight, weight), wrongWeight / whole);
        }).OrderByDescending(tag => tag.Room).ThenBy(tag => tag.Tag, StringComparer.Ordinal)];

        bool IsWrong(int row) => predictions.Actual[row] != predictions.Predicted[row];
        double Weight(int row) => predictions.Weights is { } given ? given[row] : 1;
    }

    /// <summary>By falling certainty in the wrong class; without probabilities those that the baseline had right come first.</summary>
    public static IReadOnlyList<WorstExample> Worst(PredictionsArtifact predictions, PairedPredictions? paired)
    {
        if (predictions.Rows is not { } rows)
            return [];
        ClassScores? scores = predictions.Scores is { AreProbabilities: true } all && (!all.IsSingle || predictions is { Labels.Count: 2, Positive: not null }) ? all : null;
        // Few of perhaps millions: those so far, in their order.
        var worst = new List<(double Score, bool WasWrong, int Row)>(MostExamples + 1);
        for (int row = 0; row < predictions.Actual.Length; row++)
        {
            if (predictions.Actual[row] == predictions.Predicted[row])
                continue;
            double score = Score(row) ?? 1;
            if (worst.Count == MostExamples && score > worst[^1].Score)
                continue;
            (double, bool, int) one = (score, paired is null || paired.Old.Predicted[row] != predictions.Actual[row], row);
            worst.Insert(~worst.BinarySearch(one), one); // a row is there once
            if (worst.Count > MostExamples)
                worst.RemoveAt(MostExamples);
        }

        return [.. worst.Select(one => one.Row)
            .Select(row => new WorstExample(rows.Name(row), predictions.Labels[predictions.Actual[row]], predictions.Labels[predictions.Predicted[row]], Score(row), paired is null ? null : paired.Labels[paired.Old.Predicted[row]]))];

        double? Score(int row)
        {
            if (scores is null)
                return null;
            double score = scores.Values[row * scores.Columns + (scores.IsSingle ? 0 : predictions.Actual[row])];
            return double.IsNaN(score) ? null : scores.IsSingle && predictions.Actual[row] != predictions.Positive ? 1 - score : score;
        }
    }

    private static double? Ratio(double part, double whole) => whole == 0 ? null : part / whole;
}
