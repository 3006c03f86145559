using System.IO.Enumeration;
using CmlNet.Reports.Readers;
using CmlNet.Reports.Readers.Csv;

namespace CmlNet.Reports.Predictions;

/// <summary>The columns with probabilities: found at the header, filled row by row, put in the order of the labels at the end.</summary>
internal sealed class ScoreColumns
{
    private static readonly string[] UsualPatterns = ["proba_*", "prob_*", "y_proba_*", "y_prob_*", "p_*"];
    private static readonly string[] UsualNames = ["proba", "prob", "probability", "y_proba", "y_prob", "y_score", "score"];
    private const int MostLikely = 1 << 24;
    private readonly int[] _columns;
    private readonly string[] _classes;
    private readonly bool _isAsked, _areAdjacent;
    private double[] _values;
    private int _count;
    private bool _areProbabilities = true;
    private int _missing;

    private ScoreColumns(CsvFile csv, int[] columns, string[] classes, bool isAsked)
    {
        // Likely by the first rows alone, which may be shorter than the header says.
        _values = new double[(int)Math.Min((long)csv.LikelyRows * columns.Length, MostLikely)];
        _columns = columns;
        _classes = classes;
        _isAsked = isAsked;
        _areAdjacent = columns.Length > 1 && columns[^1] - columns[0] == columns.Length - 1;
    }

    /// <summary>None for a file without such columns.</summary>
    public IReadOnlyList<int> Columns => _columns;

    /// <exception cref="ArtifactException">The column asked for is not there.</exception>
    public static ScoreColumns Find(CsvFile csv, string? asked)
    {
        foreach (string pattern in asked is { } one ? [one] : UsualPatterns.Concat(UsualNames))
        {
            int star = pattern.IndexOf('*', StringComparison.Ordinal);
            if (star < 0 && csv.Find(pattern) is var single and >= 0)
                return new ScoreColumns(csv, [single], [], asked is not null);
            int[] found = star < 0 ? [] : [.. Enumerable.Range(0, csv.Columns.Count).Where(i => csv.Columns[i].Length >= pattern.Length && FileSystemName.MatchesSimpleExpression(pattern, csv.Columns[i], ignoreCase: false))];
            if (found.Length >= (asked is null ? 2 : 1))
                return new ScoreColumns(csv, found, [.. found.Select(i => csv.Columns[i][star..^(pattern.Length - star - 1)])], asked is not null);
        }

        return asked is null ? new ScoreColumns(csv, [], [], false) : throw new ArtifactException($"no column '{asked}', which probability names. Columns: {string.Join(", ", csv.Columns.Take(30))}", 1);
    }

    /// <summary>Takes the current row.</summary>
    /// <exception cref="ArtifactException">A column that was asked for holds something other than numbers.</exception>
    public void Add(CsvFile csv)
    {
        if ((long)_count + _columns.Length > Array.MaxLength)
            throw new ArtifactException("more probabilities than can be held; report on a sample of the rows", csv.Line);
        if (_count + _columns.Length > _values.Length)
            Array.Resize(ref _values, (int)Math.Min(Array.MaxLength, Math.Max((long)_count + _columns.Length, 2L * _values.Length)));
        Span<double> row = _values.AsSpan(_count, _columns.Length);
        _count += _columns.Length;
        if (_areAdjacent && csv.TryNumbers(_columns[0], row))
        {
            foreach (double value in row)
                _areProbabilities &= value is >= 0 and <= 1;
            return;
        }

        for (int i = 0; i < row.Length; i++)
        {
            int column = _columns[i];
            if (!csv.TryNumber(column, out double value) && !csv.IsMissing(column) && _isAsked)
                throw new ArtifactException($"'{csv[column]}' in column '{csv.Columns[column]}' is not a number", csv.Line);
            if (!double.IsFinite(value))
            {
                row.Fill(double.NaN);
                _missing++;
                return;
            }

            _areProbabilities &= value is >= 0 and <= 1;
            row[i] = value;
        }
    }

    /// <summary>Null when there are none, or when columns that only looked the part do not fit the labels.</summary>
    /// <exception cref="ArtifactException">Columns that were asked for do not fit the labels.</exception>
    public ClassScores? Build(IReadOnlyList<string> labels, int rows)
    {
        if (_columns.Length == 0 || _missing == rows)
            return null;
        if (_classes.Length > 0 && !Arrange(labels))
            return null;
        return new ClassScores { Values = _values, Columns = _columns.Length, AreProbabilities = _areProbabilities, MissingRows = _missing };
    }

    private bool Arrange(IReadOnlyList<string> labels)
    {
        int[] places = [.. labels.Select(Place)];
        if (Array.IndexOf(places, -1) is var lacking and >= 0)
        {
            return _isAsked
                ? throw new ArtifactException($"no column with the probability of the class '{labels[lacking]}'; there are columns for {string.Join(", ", _classes.Take(20))}")
                : false;
        }

        int width = _columns.Length;
        int[] order = [.. places, .. Enumerable.Range(0, width).Except(places)];
        if (order.AsSpan().SequenceEqual([.. Enumerable.Range(0, width)]))
            return true;
        double[] row = new double[width];
        for (int start = 0; start < _count; start += width)
        {
            for (int i = 0; i < width; i++)
                row[i] = _values[start + order[i]];
            for (int i = 0; i < width; i++)
                _values[start + i] = row[i];
        }

        return true;
    }

    // 1 and 1.0 are one label.
    private int Place(string label)
    {
        int exact = Array.IndexOf(_classes, label);
        return exact >= 0 || !CsvNumber.TryParse(label, out double number) ? exact : Array.FindIndex(_classes, name => CsvNumber.TryParse(name, out double other) && other == number);
    }
}
