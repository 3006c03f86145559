using System.Numerics;
using CmlNet.Reports.Comparison;
using CmlNet.Reports.Findings;
using CmlNet.Reports.Readers;
using CmlNet.Reports.Statistics;

namespace CmlNet.Reports.Predictions;

/// <summary>Every figure of every slice, with intervals, and what changed against the baseline on the same rows.</summary>
internal sealed class ClassificationSlices(PredictionsArtifact predictions, PairedPredictions? paired, ClassificationFigures whole, CancellationToken cancellationToken)
{
    private const int Resamples = 1_000;
    private const int MostCells = 5_000;
    private const int MostTabled = 256;
    private static readonly DirectionRules Rules = new([], []);
    private readonly SliceScoring _scores = new(predictions, paired);

    /// <summary>Most harmed slice first (by accuracy), the figures of one slice together.</summary>
    /// <param name="columns">The file's slices.</param>
    /// <param name="figures">By column and slice.</param>
    /// <param name="old">As <paramref name="figures"/>; null without a baseline on the same rows.</param>
    public IReadOnlyList<SliceResult> Of(IReadOnlyList<SliceColumn> columns, ClassificationFigures[][] figures, ClassificationFigures[][]? old)
    {
        List<(int Column, int Slice, int[] Rows)> asked = [];
        for (int c = 0; c < columns.Count; c++)
        {
            int[][] rows = Rows(columns[c]);
            asked.AddRange(Enumerable.Range(0, columns[c].Values.Count).Where(i => figures[c][i].Counts.Total > 0).Select(i => (c, i, rows[i])));
        }

        var slices = new List<SliceResult>[asked.Count];
        Parallel.For(0, slices.Length, new ParallelOptions { CancellationToken = cancellationToken }, place =>
        {
            (int c, int i, int[] rows) = asked[place];
            slices[place] = Slice(columns[c], i, rows, figures[c][i], old?[c][i]);
        });
        return SliceOrder.Sort([.. slices]);
    }

    private static int[][] Rows(SliceColumn column)
    {
        int[] counts = new int[column.Values.Count];
        foreach (int code in column.Codes)
            counts[code]++;
        int[][] rows = [.. counts.Select(count => new int[count])];
        Array.Clear(counts);
        for (int i = 0; i < column.Codes.Length; i++)
            rows[column.Codes[i]][counts[column.Codes[i]]++] = i;
        return rows;
    }

    private List<SliceResult> Slice(SliceColumn column, int value, int[] rows, ClassificationFigures now, ClassificationFigures? old)
    {
        IReadOnlyList<BootstrapInterval?> intervals = Intervals(rows, now.Positive);
        (IReadOnlyList<BootstrapInterval?> changes, double? accuracy) = Changes(rows, now.Positive);
        SliceScores scores = _scores.Of(rows, cancellationToken);
        IReadOnlyList<KeyValuePair<string, double?>> before = old?.Named ?? [], all = whole.Named;
        return [.. now.Named.Select((figure, i) =>
        {
            (double Low, double High)? interval = figure.Value is null ? null
                : figure.Key == "accuracy" && predictions.Weights is null ? Proportions.Wilson((long)now.Counts.Hits.Sum(), now.Count)
                : i < intervals.Count ? Ends(intervals[i])
                : scores.Interval(figure.Key, now);
            return new SliceResult
            {
                File = predictions.Path, Column = column.Name, Value = column.Values[value], Count = now.Count, Metric = figure.Key, New = figure.Value,
                Old = before.FirstOrDefault(one => one.Key == figure.Key).Value, Low = interval?.Low, High = interval?.High,
                P = figure.Key == "accuracy" && predictions.Weights is null ? accuracy : i < changes.Count ? changes[i]?.P : figure.Value is null ? null : scores.P(figure.Key),
                Direction = Rules.Of(figure.Key), Whole = all.FirstOrDefault(one => one.Key == figure.Key).Value,
            };
        })];
    }

    private static (double Low, double High)? Ends(BootstrapInterval? interval) => interval is null ? null : (interval.Low, interval.High);

    private IReadOnlyList<BootstrapInterval?> Intervals(int[] rows, int? positive)
    {
        IReadOnlyList<KeyValuePair<(int, int), int>> cells = Cells(rows);
        if (cells.Count > MostCells)
            return [];
        if (predictions.Weights is not { } weights)
            return CellBootstrap.Run([.. cells.Select(cell => cell.Value)], (drawn, figures) => Fill(drawn, figures), MarginFigures.Names.Count, Resamples, ClassificationSignificance.Seed, cancellationToken);
        var places = cells.Select((cell, i) => (cell.Key, i)).ToDictionary(one => one.Key, one => one.i);
        int[] cellOf = [.. rows.Select(row => places[(predictions.Actual[row], predictions.Predicted[row])])];
        return WeightedCellBootstrap.Run(cellOf, cells.Count, [.. rows.Select(row => weights[row])], (drawn, figures) => Fill(drawn, figures), MarginFigures.Names.Count, Resamples, ClassificationSignificance.Seed, cancellationToken);

        void Fill<T>(ReadOnlySpan<T> drawn, Span<double> figures)
            where T : INumber<T>
        {
            var counts = new ClassCounts(predictions.Labels);
            for (int i = 0; i < drawn.Length; i++)
                counts.Add(cells[i].Key.Item1, cells[i].Key.Item2, double.CreateTruncating(drawn[i]));
            MarginFigures.Fill(counts, positive, figures);
        }
    }

    // In order of appearance. Few classes are counted in a table: a dictionary would take longer than all else.
    private IReadOnlyList<KeyValuePair<(int, int), int>> Cells(int[] rows)
    {
        int classes = predictions.Labels.Count;
        int[] actual = predictions.Actual, predicted = predictions.Predicted;
        if (classes > MostTabled)
            return [.. rows.CountBy(row => (actual[row], predicted[row]))];
        int[] counts = new int[classes * classes];
        List<int> order = [];
        foreach (int row in rows)
        {
            int cell = actual[row] * classes + predicted[row];
            if (counts[cell]++ == 0)
                order.Add(cell);
        }

        return [.. order.Select(cell => KeyValuePair.Create((cell / classes, cell % classes), counts[cell]))];
    }

    private (IReadOnlyList<BootstrapInterval?> Changes, double? Accuracy) Changes(int[] rows, int? positive)
    {
        if (paired is null)
            return ([], null);
        List<int> places = [];
        (List<(int Actual, int Old, int New)> cells, List<int> counts) = paired.Cells(rows, predictions.Weights is null ? null : places);
        if (predictions.Weights is { } weights)
            return (cells.Count > MostCells ? [] : ClassificationSignificance.WeightedMargins(cells, places, [.. rows.Select(row => weights[row])], paired.Labels, positive, Resamples, cancellationToken), null);
        double accuracy = ClassificationSignificance.McNemar(cells, counts);
        return (cells.Count > MostCells ? [] : ClassificationSignificance.Margins(cells, [.. counts], paired.Labels, positive, Resamples, cancellationToken), accuracy);
    }
}
