using System.Globalization;

namespace CmlNet.Reports.Readers.Csv;

/// <summary>Numbers as Python and spreadsheets write them into CSV.</summary>
internal static class CsvNumber
{
    /// <summary>No value was written: pandas's and Keras's spellings.</summary>
    public static bool IsMissing(ReadOnlySpan<char> field)
    {
        field = field.Trim();
        return field.IsEmpty || field is "NA" or "N/A" or "<NA>" || field.Equals("null", StringComparison.OrdinalIgnoreCase) || IsNan(field);
    }

    public static bool IsNan(ReadOnlySpan<char> field) => field.Trim().Equals("nan", StringComparison.OrdinalIgnoreCase);

    public static bool TryParse(ReadOnlySpan<char> field, out double value)
    {
        if (double.TryParse(field, NumberStyles.Float, CultureInfo.InvariantCulture, out value))
            return true;
        field = field.Trim();
        if (IsNan(field))
            value = double.NaN;
        else if (field.TrimStart('+').Equals("inf", StringComparison.OrdinalIgnoreCase))
            value = double.PositiveInfinity;
        else if (field.Equals("-inf", StringComparison.OrdinalIgnoreCase))
            value = double.NegativeInfinity;
        else
            return false;
        return true;
    }
}
