using CmlNet.Reports.Readers;
using CmlNet.Reports.Readers.Csv;

namespace CmlNet.Reports.Predictions;

/// <summary>The column with the weights of rows, if one was asked for.</summary>
internal sealed class RowWeights
{
    private readonly CsvFile _csv;
    private readonly int _column;
    private readonly List<double> _weights = [];

    /// <param name="csv">At its header.</param>
    /// <param name="asked">The column's name; null for rows that all count as one.</param>
    /// <exception cref="ArtifactException">The column asked for is not there.</exception>
    public RowWeights(CsvFile csv, string? asked)
    {
        _csv = csv;
        _column = asked is null ? -1 : csv.Find(asked);
        if (asked is not null && _column < 0)
            throw new ArtifactException($"no column '{asked}', which weight names. Columns: {string.Join(", ", csv.Columns.Take(30))}", 1);
    }

    /// <summary>Takes the current row.</summary>
    /// <exception cref="ArtifactException">It is not a weight.</exception>
    public void Add()
    {
        if (_column < 0)
            return;
        if (!_csv.TryNumber(_column, out double weight) || !double.IsFinite(weight) || weight < 0)
            throw new ArtifactException($"'{_csv[_column]}' in column '{_csv.Columns[_column]}' is not a weight; expected a number from 0", _csv.Line);
        _weights.Add(weight);
    }

    /// <summary>Null when none were asked for.</summary>
    /// <exception cref="ArtifactException">All are 0.</exception>
    public double[]? Build()
    {
        if (_column >= 0 && _weights.TrueForAll(weight => weight == 0))
            throw new ArtifactException($"every weight in column '{_csv.Columns[_column]}' is 0; nothing can be said then");
        return _column < 0 ? null : [.. _weights];
    }
}
