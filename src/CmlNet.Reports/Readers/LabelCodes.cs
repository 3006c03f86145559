using System.Globalization;
using CmlNet.Reports.Readers.Csv;

namespace CmlNet.Reports.Readers;

/// <summary>Numbers labels in order of appearance, then renumbers them in sorted order.</summary>
internal sealed class LabelCodes
{
    /// <summary>In place of a code: nothing was written.</summary>
    public const int Missing = -1;

    private const int MostLabels = 10_000;
    private const int MostFractions = 20;
    private readonly FieldCodes _fields = new();
    private readonly Dictionary<string, int> _codes = new(StringComparer.Ordinal);
    private readonly Dictionary<string, int>.AlternateLookup<ReadOnlySpan<char>> _lookup;
    private readonly List<string> _labels = [];

    public LabelCodes() => _lookup = _codes.GetAlternateLookup<ReadOnlySpan<char>>();

    /// <summary>The code of a field, <see cref="Missing"/>, or <see cref="FieldCodes.Unknown"/> before <see cref="Add"/> was called for it.</summary>
    public int Find(CsvFile csv, int column)
    {
        ReadOnlySpan<byte> field = csv.Bytes(column);
        int code = _fields.Find(field);
        if (code != FieldCodes.Unknown || !Utf8Number.IsMissing(field))
            return code;
        _fields.Remember(field, Missing);
        return Missing;
    }

    /// <summary>The code of a field that is not missing.</summary>
    /// <exception cref="ArtifactException">More labels than classes can sensibly be, or the field is not UTF-8.</exception>
    public int Add(CsvFile csv, int column)
    {
        int code = Of(csv[column], csv.Line);
        _fields.Remember(csv.Bytes(column), code);
        return code;
    }

    /// <exception cref="ArtifactException">More labels than classes can sensibly be.</exception>
    public int Of(ReadOnlySpan<char> label, long line)
    {
        if (_lookup.TryGetValue(label, out int code))
            return code;
        if (_labels.Count == MostLabels)
            throw new ArtifactException($"more than {MostLabels} different labels; is one of the columns an id or a measured number?", line);
        string text = label.ToString();
        _codes.Add(text, _labels.Count);
        _labels.Add(text);
        return _labels.Count - 1;
    }

    /// <summary>No further label can be taken.</summary>
    public bool IsFull => _labels.Count == MostLabels;

    /// <summary>All are numbers, with many fractions among them or more of them than rows: no classes.</summary>
    public bool AreMeasurements(int rows)
    {
        double[] values = new double[_labels.Count];
        for (int i = 0; i < values.Length; i++)
        {
            if (!CsvNumber.TryParse(_labels[i], out values[i]) || !double.IsFinite(values[i]))
                return false;
        }

        int fractional = values.Count(value => Math.Floor(value) != value);
        return fractional > MostFractions || IsFull || (fractional > 0 && values.Length > rows);
    }

    /// <summary>The sorted labels and, for each code handed out, its place among them. Numbers equal in value (<c>1</c> and <c>1.0</c>, as pandas writes a column that once held a NaN) are one label.</summary>
    public (IReadOnlyList<string> Labels, int[] Places) Sort()
    {
        var values = new double[_labels.Count];
        bool numeric = true;
        for (int i = 0; i < values.Length && numeric; i++)
            numeric = CsvNumber.TryParse(_labels[i], out values[i]) && double.IsFinite(values[i]);
        if (numeric)
            RejectMeasurements(values);
        int[] order = [.. Enumerable.Range(0, values.Length)];
        Array.Sort(order, numeric ? (a, b) => Compare(values, a, b) : (a, b) => string.CompareOrdinal(_labels[a], _labels[b]));
        var labels = new List<string>();
        var places = new int[values.Length];
        for (int i = 0; i < order.Length; i++)
        {
            bool same = numeric && i > 0 && values[order[i]] == values[order[i - 1]];
            if (!same)
                labels.Add(_labels[order[i]]);
            places[order[i]] = labels.Count - 1;
        }

        return (labels, places);
    }

    // By value, the shortest spelling first so that it names the class.
    private int Compare(double[] values, int a, int b)
    {
        int byValue = values[a].CompareTo(values[b]);
        return byValue != 0 ? byValue : _labels[a].Length != _labels[b].Length ? _labels[a].Length.CompareTo(_labels[b].Length) : string.CompareOrdinal(_labels[a], _labels[b]);
    }

    private static void RejectMeasurements(double[] values)
    {
        int fractional = values.Count(value => Math.Floor(value) != value);
        if (fractional > MostFractions)
            throw new ArtifactException(string.Create(CultureInfo.InvariantCulture, $"the labels take {fractional} different fractional values, so they are measurements and not classes; name the file in a regression section"));
    }
}
