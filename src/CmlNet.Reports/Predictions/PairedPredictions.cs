using System.Runtime.InteropServices;
using CmlNet.Reports.Readers;

namespace CmlNet.Reports.Predictions;

/// <summary>A run and its baseline on the same rows, in this run's order, with one list of labels.</summary>
internal sealed class PairedPredictions
{
    private PairedPredictions(PredictionsArtifact now, PredictionsArtifact old, IReadOnlyList<string> labels)
    {
        New = now;
        Old = old;
        Labels = labels;
    }

    /// <summary>This run's labels, then those that only the baseline has.</summary>
    public IReadOnlyList<string> Labels { get; }

    public PredictionsArtifact New { get; }

    /// <summary>With this run's order of rows and numbers of labels.</summary>
    public PredictionsArtifact Old { get; }

    /// <summary>What both sides gave the rows beside a class; null unless both did for every row and in the same form.</summary>
    public (ScoreTable Old, ScoreTable New)? Scores { get; private init; }

    /// <summary>Null, with the reason, when the rows are not the same.</summary>
    public static (PairedPredictions? Paired, string? Refusal) Of(PredictionsArtifact now, PredictionsArtifact old)
    {
        if (now.Rows is not { } rows || old.Rows is not { } oldRows)
            return (null, "the rows of one of them are not known");
        List<string> labels = [.. now.Labels];
        int[] places = [.. old.Labels.Select(Place)];
        RowMatch match = RowMatch.Of(rows, oldRows, (i, j) => now.Actual[i] == places[old.Actual[j]]);
        if (match.OldRows is not { } order)
            return (null, match.Refusal);
        var aligned = old with
        {
            Labels = labels,
            Actual = now.Actual,
            Predicted = [.. order.Select(row => places[old.Predicted[row]])],
            Positive = now.Positive,
            Weights = now.Weights,
            Scores = old.Scores is { } scores && (scores.IsSingle || old.Labels.SequenceEqual(now.Labels, StringComparer.Ordinal)) ? Reordered(scores, order) : null,
        };
        return (new PairedPredictions(now, aligned, labels) { Scores = Tables(aligned, now) }, null);

        int Place(string label)
        {
            int place = labels.IndexOf(label);
            if (place >= 0)
                return place;
            labels.Add(label);
            return labels.Count - 1;
        }
    }

    /// <summary>The different (true, old, new) triples among some rows and how often each occurs.</summary>
    /// <param name="rows">Of this run.</param>
    /// <param name="placeOf">Gets the place of each row's triple.</param>
    public (List<(int Actual, int Old, int New)> Cells, List<int> Counts) Cells(IEnumerable<int> rows, List<int>? placeOf = null)
    {
        var places = new Dictionary<(int, int, int), int>();
        List<(int Actual, int Old, int New)> cells = [];
        List<int> counts = [];
        foreach (int row in rows)
        {
            (int, int, int) cell = (New.Actual[row], Old.Predicted[row], New.Predicted[row]);
            ref int place = ref CollectionsMarshal.GetValueRefOrAddDefault(places, cell, out bool known);
            if (!known)
            {
                place = cells.Count;
                cells.Add(cell);
                counts.Add(0);
            }

            counts[place]++;
            placeOf?.Add(place);
        }

        return (cells, counts);
    }

    private static (ScoreTable Old, ScoreTable New)? Tables(PredictionsArtifact old, PredictionsArtifact now) =>
        old.Scores is { MissingRows: 0 } before && now.Scores is { MissingRows: 0 } after && before.IsSingle == after.IsSingle && ScoreTable.Of(old) is { } oldTable && ScoreTable.Of(now) is { } newTable ? (oldTable, newTable) : null;

    private static ClassScores Reordered(ClassScores scores, int[] order)
    {
        double[] values = new double[scores.Values.Length];
        for (int i = 0; i < order.Length; i++)
            scores.Values.AsSpan(order[i] * scores.Columns, scores.Columns).CopyTo(values.AsSpan(i * scores.Columns));
        return scores with { Values = values };
    }
}
