using System.Globalization;
using CmlNet.Dvc.Values;

namespace CmlNet.Reports.Numbers;

/// <summary>Values as Python's <c>repr</c> prints them, with floats unrounded: what DVC shows for parameters.</summary>
public static class ValueText
{
    private static ReadOnlySpan<double> ExactPowers => [1, 1e1, 1e2, 1e3, 1e4, 1e5, 1e6, 1e7, 1e8, 1e9];

    /// <summary>Text bare at the top and quoted inside lists, floats by their shortest form that reads back.</summary>
    public static string Of(DvcValue value)
    {
        ArgumentNullException.ThrowIfNull(value);
        return value.Kind == DvcValueKind.Text ? value.Text : Inner(value, Float);
    }

    /// <summary>As <see cref="Of(DvcValue)"/>, with floats rounded to so many decimals first (Python's <c>round</c>).</summary>
    public static string Of(DvcValue value, int precision)
    {
        ArgumentNullException.ThrowIfNull(value);
        return value.Kind == DvcValueKind.Text ? value.Text : Inner(value, number => Float(Round(number, precision)));
    }

    /// <summary>Python's <c>round(x, n)</c>: the decimal nearest to the binary value. <c>Math.Round</c> scales first and so errs near ties.</summary>
    public static double Round(double value, int precision)
    {
        if (!double.IsFinite(value) || Math.Abs(value) >= 1e15)
            return value;
        // Scaling errs by less than one part in 2^52; where that cannot change which whole number is nearest, the quotient of two exact numbers is the answer.
        if (precision < ExactPowers.Length)
        {
            double scaled = value * ExactPowers[precision], nearest = Math.Round(scaled);
            if (Math.Abs(scaled) < 1e9 && Math.Abs(Math.Abs(scaled - nearest) - 0.5) > 1e-6)
                return nearest / ExactPowers[precision];
        }

        return double.Parse(value.ToString("F" + precision.ToString(CultureInfo.InvariantCulture), CultureInfo.InvariantCulture), CultureInfo.InvariantCulture);
    }

    /// <summary>Python's <c>repr</c> of a float: <c>1.0</c>, <c>1e-05</c>, <c>inf</c>, <c>nan</c>.</summary>
    public static string Float(double value)
    {
        if (double.IsNaN(value))
            return "nan";
        if (double.IsInfinity(value))
            return value > 0 ? "inf" : "-inf";
        if (value == 0)
            return double.IsNegative(value) ? "-0.0" : "0.0";
        string shortest = value.ToString("R", CultureInfo.InvariantCulture);
        // Between these .NET's text is Python's but for whole numbers.
        if (Math.Abs(value) is >= 1e-4 and < 1e15)
            return shortest.Contains('.', StringComparison.Ordinal) ? shortest : shortest + ".0";
        return Layout(Digits(shortest), value < 0, Exponent(shortest.TrimStart('-')));
    }

    // Power of ten of the first significant digit.
    private static int Exponent(string shortest)
    {
        int mark = shortest.IndexOf('E', StringComparison.Ordinal);
        if (mark >= 0)
            return int.Parse(shortest.AsSpan(mark + 1), NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture);
        int point = shortest.IndexOf('.', StringComparison.Ordinal);
        if (shortest[0] != '0')
            return (point < 0 ? shortest.Length : point) - 1;
        return -(shortest.AsSpan(point + 1).IndexOfAnyExcept('0') + 1);
    }

    // The significant digits alone, without sign, point, exponent and zeros around them.
    private static string Digits(string shortest)
    {
        int mark = shortest.IndexOf('E', StringComparison.Ordinal);
        string mantissa = mark < 0 ? shortest : shortest[..mark];
        string digits = mantissa.Replace("-", "", StringComparison.Ordinal).Replace(".", "", StringComparison.Ordinal).TrimStart('0').TrimEnd('0');
        return digits.Length == 0 ? "0" : digits;
    }

    private static string Layout(string digits, bool isNegative, int exponent)
    {
        string sign = isNegative ? "-" : "";
        if (exponent is < -4 or >= 16)
            return $"{sign}{digits[0]}{(digits.Length > 1 ? "." + digits[1..] : "")}e{(exponent < 0 ? "-" : "+")}{Math.Abs(exponent):00}";
        if (exponent < 0)
            return $"{sign}0.{"000"[..(-exponent - 1)]}{digits}";
        string padded = digits.PadRight(exponent + 1, '0');
        return $"{sign}{padded[..(exponent + 1)]}.{(padded.Length > exponent + 1 ? padded[(exponent + 1)..] : "0")}";
    }

    private static string Inner(DvcValue value, Func<double, string> format) => value.Kind switch
    {
        DvcValueKind.Null => "None",
        DvcValueKind.Boolean => value.Boolean ? "True" : "False",
        DvcValueKind.Integer => value.Integer.ToString(CultureInfo.InvariantCulture),
        DvcValueKind.Number => format(value.Number),
        DvcValueKind.Text => Quote(value.Text),
        DvcValueKind.List => $"[{string.Join(", ", value.Items.Select(item => Inner(item, format)))}]",
        _ => $"{{{string.Join(", ", value.Entries.Select(entry => $"{Quote(entry.Key)}: {Inner(entry.Value, format)}"))}}}",
    };

    private static string Quote(string text)
    {
        char mark = text.Contains('\'', StringComparison.Ordinal) && !text.Contains('"', StringComparison.Ordinal) ? '"' : '\'';
        return mark + text.Replace("\\", "\\\\", StringComparison.Ordinal).Replace(mark.ToString(), "\\" + mark, StringComparison.Ordinal)
            .Replace("\n", "\\n", StringComparison.Ordinal).Replace("\r", "\\r", StringComparison.Ordinal).Replace("\t", "\\t", StringComparison.Ordinal) + mark;
    }
}
