using CmlNet.Reports.Readers.Csv;

namespace CmlNet.Reports.Data;

/// <summary>Collects a column row by row. Both readings, numbers and categories, are kept until one is ruled out.</summary>
internal sealed class DataColumnBuilder(string name)
{
    private const int MostCategories = 1_000;
    private readonly Dictionary<string, long> _categories = new(StringComparer.Ordinal);
    private readonly List<double> _numbers = [];
    private bool _isNumeric = true, _isInteger = true, _isCategory = true;
    private long _rows, _missing;

    public void Add(ReadOnlySpan<char> field)
    {
        _rows++;
        if (CsvNumber.IsMissing(field))
        {
            _missing++;
            return;
        }

        bool isInfinite = false;
        if (_isNumeric)
        {
            _isNumeric = CsvNumber.TryParse(field, out double value);
            isInfinite = _isNumeric && !double.IsFinite(value);
            if (_isNumeric && !isInfinite)
            {
                _numbers.Add(value);
                _isInteger &= Math.Floor(value) == value;
            }
        }

        if (isInfinite)
            _missing++;
        else if (_isCategory)
            Count(field);
    }

    public DataColumn Build()
    {
        double[]? numbers = _isNumeric && _numbers.Count > 0 ? [.. _numbers] : null;
        if (numbers is not null)
            Array.Sort(numbers);
        return new DataColumn { Name = name, Rows = _rows, Missing = _missing, Numbers = numbers, IsInteger = numbers is not null && _isInteger, Categories = _isCategory ? _categories : null };
    }

    private void Count(ReadOnlySpan<char> field)
    {
        Dictionary<string, long>.AlternateLookup<ReadOnlySpan<char>> known = _categories.GetAlternateLookup<ReadOnlySpan<char>>();
        if (known.TryGetValue(field, out long count))
            known[field] = count + 1;
        else if (_categories.Count < MostCategories)
            known[field] = 1;
        else
            _isCategory = false;
    }
}
