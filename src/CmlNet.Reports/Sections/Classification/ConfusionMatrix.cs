using System.Runtime.InteropServices;
using CmlNet.Reports.Readers;

namespace CmlNet.Reports.Sections.Classification;

/// <summary>Counts by actual (row) and predicted (column) class. Only cells that occur are held: a thousand classes have a million cells, nearly all of them empty.</summary>
internal sealed class ConfusionMatrix
{
    private readonly Dictionary<long, long> _cells = [];
    private readonly int _classes;

    public ConfusionMatrix(PredictionsArtifact predictions)
    {
        _classes = predictions.Labels.Count;
        Labels = predictions.Labels;
        Support = new long[_classes];
        PredictedCount = new long[_classes];
        Hits = new long[_classes];
        for (int i = 0; i < predictions.Actual.Length; i++)
        {
            int actual = predictions.Actual[i], predicted = predictions.Predicted[i];
            Support[actual]++;
            PredictedCount[predicted]++;
            if (actual == predicted)
                Hits[actual]++;
            CollectionsMarshal.GetValueRefOrAddDefault(_cells, (long)actual * _classes + predicted, out _)++;
        }

        Total = predictions.Actual.Length;
    }

    public IReadOnlyList<string> Labels { get; }

    public long Total { get; }

    /// <summary>Cases of each actual class: row sums.</summary>
    public long[] Support { get; }

    /// <summary>How often each class was predicted: column sums.</summary>
    public long[] PredictedCount { get; }

    /// <summary>The diagonal.</summary>
    public long[] Hits { get; }

    public long this[int actual, int predicted] => _cells.GetValueOrDefault((long)actual * _classes + predicted);

    /// <summary>Off-diagonal cells, largest first, ties in label order.</summary>
    public IReadOnlyList<Confusion> Confusions() =>
        [.. _cells.Where(cell => cell.Key / _classes != cell.Key % _classes).OrderByDescending(cell => cell.Value).ThenBy(cell => cell.Key)
            .Select(cell => new Confusion((int)(cell.Key / _classes), (int)(cell.Key % _classes), cell.Value))];
}
