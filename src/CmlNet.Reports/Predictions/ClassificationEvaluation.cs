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
        ProbabilityFigures[][]? probabilities = ProbabilityEvaluation.Of(predictions, groupings, cancellationToken);
        int? positive = predictions.Labels.Count == 2 ? predictions.Positive ?? 1 : predictions.Positive;
        var figures = new ClassificationFigures[groupings.Count][];
        for (int g = 0; g < groupings.Count; g++)
        {
            Grouping grouping = groupings[g];
            ClassCounts[] counts = [.. Enumerable.Range(0, grouping.Count).Select(_ => new ClassCounts(predictions.Labels))];
            long[] rows = new long[grouping.Count];
            for (int i = 0; i < predictions.Actual.Length; i++)
            {
                counts[grouping[i]].Add(predictions.Actual[i], predictions.Predicted[i], predictions.Weights is { } weights ? weights[i] : 1);
                rows[grouping[i]]++;
            }

            figures[g] = [.. counts.Select((count, i) => new ClassificationFigures { Counts = count, Count = rows[i], Positive = positive, Probability = probabilities?[g][i] })];
        }

        return figures;
    }
}
