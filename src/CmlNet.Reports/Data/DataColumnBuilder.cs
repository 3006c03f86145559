using System.Runtime.InteropServices;
using CmlNet.Reports.Readers.Csv;

namespace CmlNet.Reports.Data;

/// <summary>Collects a column, many rows at once. Both readings, numbers and categories, are kept until one is ruled out.</summary>
internal sealed class DataColumnBuilder(string name)
{
    private const int MostCategories = 1_000;
    private readonly Dictionary<string, int> _places = new(StringComparer.Ordinal);
    private readonly List<long> _counts = [];
    private readonly FieldCodes _fields = new();
    private readonly List<double> _numbers = [];
    private bool _isInteger = true, _isCategory = true;
    private long _rows, _missing;

    /// <summary>Nothing else was seen: the column is wanted as numbers.</summary>
    public bool IsNumeric { get; private set; } = true;

    /// <summary>Takes the column's fields.</summary>
    /// <param name="rows">With the column's numbers while it <see cref="IsNumeric"/>.</param>
    /// <param name="column">Its place in them.</param>
    public void Add(in CsvRows rows, int column)
    {
        _rows += rows.Count;
        bool read = IsNumeric;
        ReadOnlySpan<double> numbers = read ? rows.Numbers : [];
        int width = read ? numbers.Length / rows.Count : 0;
        for (int row = 0; row < rows.Count; row++)
        {
            if (IsNumeric && numbers[row * width + column] is var value && double.IsFinite(value))
            {
                _numbers.Add(value);
                _isInteger &= Math.Floor(value) == value;
            }
            else if (Utf8Number.IsMissing(rows.Bytes(row, column)) || (IsNumeric && rows.IsNumber(row, column)))
            {
                _missing++;
                continue;
            }
            else
            {
                IsNumeric = false;
            }

            if (_isCategory)
                Count(rows, row, column);
        }
    }

    public DataColumn Build()
    {
        double[]? numbers = IsNumeric && _numbers.Count > 0 ? [.. _numbers] : null;
        if (numbers is not null)
            Array.Sort(numbers);
        Dictionary<string, long>? categories = _isCategory ? _places.ToDictionary(place => place.Key, place => _counts[place.Value], StringComparer.Ordinal) : null;
        return new DataColumn { Name = name, Rows = _rows, Missing = _missing, Numbers = numbers, IsInteger = numbers is not null && _isInteger, Categories = categories };
    }

    private void Count(in CsvRows rows, int row, int column)
    {
        ReadOnlySpan<byte> field = rows.Bytes(row, column);
        int place = _fields.Find(field);
        if (place < 0)
        {
            string text = rows.Text(row, column);
            if (!_places.TryGetValue(text, out place))
            {
                _isCategory = _places.Count < MostCategories;
                if (!_isCategory)
                    return;
                place = _counts.Count;
                _places.Add(text, place);
                _counts.Add(0);
            }

            _fields.Remember(field, place);
        }

        CollectionsMarshal.AsSpan(_counts)[place]++;
    }
}
