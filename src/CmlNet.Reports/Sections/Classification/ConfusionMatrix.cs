using System.Runtime.InteropServices;
using CmlNet.Reports.Readers;
using CmlNet.Reports.Statistics;

namespace CmlNet.Reports.Sections.Classification;

/// <summary>Counts, or sums of weights, by actual (row) and predicted (column) class. Only cells that occur are held: a thousand classes have a million cells, nearly all of them empty.</summary>
internal sealed class ConfusionMatrix : ClassCounts
{
    private const int MostTabled = 256;
    private readonly Dictionary<long, double> _cells = [];
    private readonly int _classes;

    public ConfusionMatrix(PredictionsArtifact predictions)
        : base(predictions.Labels)
    {
        _classes = predictions.Labels.Count;
        if (_classes <= MostTabled && predictions.Weights is null)
        {
            Tabulate(predictions);
            return;
        }

        for (int i = 0; i < predictions.Actual.Length; i++)
        {
            int actual = predictions.Actual[i], predicted = predictions.Predicted[i];
            double weight = predictions.Weights is { } weights ? weights[i] : 1;
            Add(actual, predicted, weight);
            CollectionsMarshal.GetValueRefOrAddDefault(_cells, (long)actual * _classes + predicted, out _) += weight;
        }
    }

    public double this[int actual, int predicted] => _cells.GetValueOrDefault((long)actual * _classes + predicted);

    // Few classes, counted in a table first: a million rows fall into few cells.
    private void Tabulate(PredictionsArtifact predictions)
    {
        int[] counts = new int[_classes * _classes];
        for (int i = 0; i < predictions.Actual.Length; i++)
            counts[predictions.Actual[i] * _classes + predictions.Predicted[i]]++;
        for (int cell = 0; cell < counts.Length; cell++)
        {
            if (counts[cell] == 0)
                continue;
            Add(cell / _classes, cell % _classes, counts[cell]);
            _cells[cell] = counts[cell];
        }
    }

    /// <summary>Off-diagonal cells, largest first, ties in label order.</summary>
    public IReadOnlyList<Confusion> Confusions() =>
        [.. _cells.Where(cell => cell.Key / _classes != cell.Key % _classes && cell.Value > 0).OrderByDescending(cell => cell.Value).ThenBy(cell => cell.Key)
            .Select(cell => new Confusion((int)(cell.Key / _classes), (int)(cell.Key % _classes), cell.Value))];
}
