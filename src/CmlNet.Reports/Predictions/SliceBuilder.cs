using System.Globalization;
using CmlNet.Reports.Numbers;
using CmlNet.Reports.Readers;
using CmlNet.Reports.Readers.Csv;
using CmlNet.Reports.Statistics;

namespace CmlNet.Reports.Predictions;

/// <summary>Turns a column, row by row, into slices: a number with many values into its quarters (type 7 quantiles), anything else into its values.</summary>
/// <param name="name">Of the column.</param>
/// <param name="likelyRows">How many there may be.</param>
internal sealed class SliceBuilder(string name, int likelyRows)
{
    private const int MostValues = 1_000;
    private const int MostSlices = 50;
    private const int NumbersFrom = 12;
    private const int Bins = 4;
    private const string Missing = "(missing)";
    private readonly List<int> _codes = new(likelyRows);
    private readonly List<string> _texts = [];
    private readonly Dictionary<string, int> _known = new(StringComparer.Ordinal);
    private readonly List<double> _numbers = [];
    private readonly FieldCodes _fields = new();
    private bool _isNumeric = true, _isCategory = true;

    /// <exception cref="ArtifactException">Neither numbers nor few enough values.</exception>
    public void Add(CsvFile csv, int column)
    {
        if (_isNumeric)
        {
            if (csv.IsMissing(column))
                _numbers.Add(double.NaN);
            else if (csv.TryNumber(column, out double value) && double.IsFinite(value))
                _numbers.Add(value);
            else
                _isNumeric = false;
        }

        if (_isCategory)
        {
            int code = _fields.Find(csv.Bytes(column));
            if (code >= 0)
                _codes.Add(code);
            else if (TryAddCategory(csv.IsMissing(column) ? Missing : csv[column]))
                _fields.Remember(csv.Bytes(column), _codes[^1]);
        }

        if (!_isNumeric && !_isCategory)
            throw new ArtifactException($"column '{name}' has more than {MostValues} values that are not numbers; slice by a column with fewer", csv.Line);
    }

    public SliceColumn Build()
    {
        int distinct = _known.Count - (_known.ContainsKey(Missing) ? 1 : 0);
        return _isNumeric && (!_isCategory || distinct > NumbersFrom) ? Quarters() : Categories();
    }

    private bool TryAddCategory(ReadOnlySpan<char> value)
    {
        Dictionary<string, int>.AlternateLookup<ReadOnlySpan<char>> known = _known.GetAlternateLookup<ReadOnlySpan<char>>();
        if (known.TryGetValue(value, out int code))
        {
            _codes.Add(code);
            return true;
        }

        if (_texts.Count == MostValues)
        {
            _isCategory = false;
            return false;
        }

        string text = value.ToString();
        _known.Add(text, _texts.Count);
        _texts.Add(text);
        _codes.Add(_texts.Count - 1);
        return true;
    }

    // The rarest values of a long list become one slice, so that none is lost and the table ends.
    private SliceColumn Categories()
    {
        int[] counts = new int[_texts.Count];
        foreach (int code in _codes)
            counts[code]++;
        int[] kept = [.. Enumerable.Range(0, counts.Length).OrderByDescending(i => counts[i]).ThenBy(i => _texts[i], StringComparer.Ordinal)];
        bool folds = kept.Length > MostSlices;
        int[] shown = [.. kept.Take(folds ? MostSlices - 1 : MostSlices).OrderBy(i => _texts[i], StringComparer.Ordinal)];
        int[] places = new int[counts.Length];
        Array.Fill(places, shown.Length);
        for (int i = 0; i < shown.Length; i++)
            places[shown[i]] = i;
        List<string> values = [.. shown.Select(i => _texts[i])];
        if (folds)
            values.Add($"({kept.Length - shown.Length} others)");
        return new SliceColumn(name, values, [.. _codes.Select(code => places[code])]);
    }

    private SliceColumn Quarters()
    {
        double[] sorted = [.. _numbers.Where(value => !double.IsNaN(value)).Order()];
        double[] inner = [.. Enumerable.Range(1, Bins - 1).Select(i => Quantiles.Of(sorted, (double)i / Bins)).Where(edge => edge > sorted[0]).Distinct()];
        double[] edges = [sorted[0], .. inner, sorted[^1]];
        List<string> values = [.. Enumerable.Range(0, inner.Length + 1).Select(i => string.Create(CultureInfo.InvariantCulture, $"{FiveDigits.Format(edges[i])} to {(i == inner.Length ? "" : "below ")}{FiveDigits.Format(edges[i + 1])}"))];
        if (sorted.Length < _numbers.Count)
            values.Add(Missing);
        return new SliceColumn(name, values, [.. _numbers.Select(value => double.IsNaN(value) ? values.Count - 1 : inner.Count(edge => value >= edge))]);
    }
}
