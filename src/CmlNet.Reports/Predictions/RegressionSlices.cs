using CmlNet.Reports.Comparison;
using CmlNet.Reports.Findings;
using CmlNet.Reports.Readers;
using CmlNet.Reports.Statistics;

namespace CmlNet.Reports.Predictions;

/// <summary>Errors by slice. The interval of the mean absolute error, and the p of its change, are those of a mean (normal, standard deviation of the sample).</summary>
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
                if (rows.Length > 0)
                    slices.Add(Slice(predictions, old, whole, column, value, rows));
            }
        }

        return SliceOrder.Sort(slices);
    }

    private static List<SliceResult> Slice(RegressionArtifact predictions, double[]? old, RegressionScores whole, SliceColumn column, int value, int[] rows)
    {
        double[] actual = [.. rows.Select(row => predictions.Actual[row])], predicted = [.. rows.Select(row => predictions.Predicted[row])];
        double[] errors = [.. rows.Select((_, i) => Math.Abs(actual[i] - predicted[i]))];
        RegressionScores? before = old is null ? null : RegressionScores.Of(actual, [.. rows.Select(row => old[row])]);
        (double mean, double error) = Mean(errors);
        double? p = null;
        if (old is not null)
        {
            (double change, double spread) = Mean([.. errors.Select((one, i) => one - Math.Abs(actual[i] - old[rows[i]]))]);
            p = spread > 0 ? Tails.TwoSidedNormal(change / spread) : change == 0 ? 1 : null;
        }

        var all = RegressionFigures.Named(whole).ToDictionary(StringComparer.Ordinal);
        var was = before is null ? null : RegressionFigures.Named(before).ToDictionary(StringComparer.Ordinal);
        return [.. RegressionFigures.Named(RegressionScores.Of(actual, predicted)).Select((figure, i) => new SliceResult
        {
            File = predictions.Path, Column = column.Name, Value = column.Values[value], Count = rows.Length, Metric = figure.Key, New = figure.Value, Old = was?[figure.Key],
            Low = i == 0 && rows.Length > 1 ? mean - 1.959963984540054 * error : null, High = i == 0 && rows.Length > 1 ? mean + 1.959963984540054 * error : null,
            P = i == 0 ? p : null, Direction = Rules.Of(figure.Key), Whole = all[figure.Key],
        })];
    }

    private static (double Mean, double Error) Mean(double[] values)
    {
        double mean = values.Average();
        return (mean, Math.Sqrt(values.Sum(value => (value - mean) * (value - mean)) / (values.Length - 1) / values.Length));
    }
}
