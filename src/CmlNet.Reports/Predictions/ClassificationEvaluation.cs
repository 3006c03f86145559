using CmlNet.Reports.Readers;
using CmlNet.Reports.Statistics;

namespace CmlNet.Reports.Predictions;

/// <summary>Predictions to figures, of all rows and of each group.</summary>
internal static class ClassificationEvaluation
{
    public static ClassificationFigures Of(PredictionsArtifact predictions, CancellationToken cancellationToken) => Of(predictions, [Grouping.Whole], cancellationToken)[0][0];

    /// <summary>By grouping and group.</summary>
    public static ClassificationFigures[][] Of(PredictionsArtifact predictions, IReadOnlyList<Grouping> groupings, CancellationToken cancellationToken)
    {
        ProbabilityFigures[][]? probabilities = null;
        (ClassCounts[] Counts, long[] Rows)[] tallies = [];
        Parallel.Invoke(
            new ParallelOptions { CancellationToken = cancellationToken },
            () => probabilities = ProbabilityEvaluation.Of(predictions, groupings, cancellationToken),
            () => tallies = [.. groupings.Select(grouping => Count(predictions, grouping))]);
        var figures = new ClassificationFigures[groupings.Count][];
        for (int g = 0; g < groupings.Count; g++)
        {
            (ClassCounts[] counts, long[] rows) = tallies[g];
            figures[g] = [.. counts.Select((count, i) => new ClassificationFigures { Counts = count, Count = rows[i], Positive = predictions.Positive, Probability = probabilities?[g][i] })];
        }

        return figures;
    }

    private static (ClassCounts[] Counts, long[] Rows) Count(PredictionsArtifact predictions, Grouping grouping)
    {
        ClassCounts[] counts = [.. Enumerable.Range(0, grouping.Count).Select(_ => new ClassCounts(predictions.Labels))];
        long[] rows = new long[grouping.Count];
        for (int i = 0; i < predictions.Actual.Length; i++)
        {
            counts[grouping[i]].Add(predictions.Actual[i], predictions.Predicted[i], predictions.Weights is { } weights ? weights[i] : 1);
            rows[grouping[i]]++;
        }

        return (counts, rows);
    }
}
