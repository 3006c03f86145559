using CmlNet.Reports.Comparison;
using CmlNet.Reports.Findings;
using CmlNet.Reports.Readers;
using CmlNet.Reports.Statistics;

namespace CmlNet.Reports.Predictions;

/// <summary>Errors by slice, with the intervals and tests of <see cref="RegressionInfluence"/>.</summary>
internal static class RegressionSlices
{
    private static readonly DirectionRules Rules = new([], []);

    /// <param name="predictions">With its slices.</param>
    /// <param name="old">The baseline's predictions of the same rows; null without.</param>
    /// <param name="whole">Of all rows.</param>
    public static IReadOnlyList<SliceResult> Of(RegressionArtifact predictions, double[]? old, RegressionScores whole)
    {
        var slices = new List<List<SliceResult>>();
        foreach (SliceColumn column in predictions.Rows?.Slices ?? [])
        {
            for (int value = 0; value < column.Values.Count; value++)
            {
                int code = value;
                int[] rows = [.. Enumerable.Range(0, column.Codes.Length).Where(row => column.Codes[row] == code)];
                if (rows.Any(row => predictions.Weights is null || predictions.Weights[row] > 0))
                    slices.Add(Slice(predictions, old, whole, column, value, rows));
            }
        }

        return SliceOrder.Sort(slices);
    }

    private static List<SliceResult> Slice(RegressionArtifact predictions, double[]? old, RegressionScores whole, SliceColumn column, int value, int[] rows)
    {
        double[] actual = [.. rows.Select(row => predictions.Actual[row])], predicted = [.. rows.Select(row => predictions.Predicted[row])];
        double[]? oldPredicted = old is null ? null : [.. rows.Select(row => old[row])];
        double[]? weights = predictions.Weights is { } given ? [.. rows.Select(row => given[row])] : null;
        RegressionScores? oldScores = oldPredicted is null ? null : RegressionScores.Of(actual, oldPredicted, weights);
        var influence = new RegressionInfluence(actual, predicted, weights);
        RegressionInfluence? oldInfluence = oldPredicted is null ? null : new RegressionInfluence(actual, oldPredicted, weights);
        var all = RegressionFigures.Named(whole).ToDictionary(StringComparer.Ordinal);
        var was = oldScores is null ? null : RegressionFigures.Named(oldScores).ToDictionary(StringComparer.Ordinal);
        return [.. RegressionFigures.Named(RegressionScores.Of(actual, predicted, weights)).Select(figure =>
        {
            (double Low, double High)? interval = influence.Interval(figure.Key, figure.Value);
            double? before = was?[figure.Key];
            return new SliceResult
            {
                File = predictions.Path, Column = column.Name, Value = column.Values[value], Count = rows.Length, Metric = figure.Key, New = figure.Value, Old = before,
                Low = interval?.Low, High = interval?.High, P = oldInfluence is null ? null : influence.P(oldInfluence, figure.Key, figure.Value - before),
                Direction = Rules.Of(figure.Key), Whole = all[figure.Key],
            };
        })];
    }
}
