using System.Globalization;
using CmlNet.Dvc.Values;

namespace CmlNet.Reports.Numbers;

/// <summary>Numbers as reports print them: five significant digits, Python's <c>{:.5g}</c>, which DVC uses for comparisons. Whole numbers keep every digit.</summary>
internal static class FiveDigits
{
    public static string Format(double value)
    {
        if (double.IsNaN(value))
            return "nan";
        if (double.IsInfinity(value))
            return value > 0 ? "inf" : "-inf";
        if (value == 0)
            return double.IsNegative(value) ? "-0" : "0";
        string scientific = value.ToString("E4", CultureInfo.InvariantCulture);
        int mark = scientific.IndexOf('E', StringComparison.Ordinal);
        int exponent = int.Parse(scientific.AsSpan(mark + 1), NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture);
        if (exponent is >= -4 and < 5)
            return Trim(value.ToString("F" + (4 - exponent).ToString(CultureInfo.InvariantCulture), CultureInfo.InvariantCulture));
        string sign = exponent < 0 ? "-" : "+";
        return $"{Trim(scientific[..mark])}e{sign}{Math.Abs(exponent):00}";
    }

    /// <summary>A metric as its cell shows it: booleans and text as Python prints them, a whole number with every digit.</summary>
    public static string Format(DvcValue value) => value.Kind switch
    {
        DvcValueKind.Integer => value.Integer.ToString(CultureInfo.InvariantCulture),
        DvcValueKind.Number => Format(value.Number),
        DvcValueKind.Boolean => value.Boolean ? "True" : "False",
        _ => value.Text,
    };

    /// <summary>A whole number with all its digits; any other, such as a sum of weights, with five.</summary>
    public static string Count(double value) => Math.Floor(value) == value && Math.Abs(value) < 1e15 ? value.ToString("0", CultureInfo.InvariantCulture) : Format(value);

    /// <summary>Rounded to fewer significant digits, for a place that has no room for five; a whole number of more digits keeps zeros in their place.</summary>
    public static string Format(double value, int digits)
    {
        if (!double.IsFinite(value))
            return Format(value);
        return Format(double.Parse(value.ToString("E" + (digits - 1).ToString(CultureInfo.InvariantCulture), CultureInfo.InvariantCulture), CultureInfo.InvariantCulture));
    }

    private static string Trim(string number) => number.Contains('.', StringComparison.Ordinal) ? number.TrimEnd('0').TrimEnd('.') : number;
}
