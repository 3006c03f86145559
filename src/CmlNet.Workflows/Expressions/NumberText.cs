using System.Buffers;
using System.Globalization;

namespace CmlNet.Workflows.Expressions;

/// <summary>Numbers as text: read as GitHub reads them (after JavaScript's Number()), written in .NET's G15.</summary>
public static class NumberText
{
    private static readonly SearchValues<char> DecimalCharacters = SearchValues.Create("0123456789+-.eE");

    /// <summary>
    /// Blank is 0; decimal with sign and exponent; <c>0x</c> and <c>0o</c> as 32-bit integers; <c>Infinity</c> with or without a sign; anything else is NaN.
    /// </summary>
    public static double Parse(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        ReadOnlySpan<char> trimmed = text.AsSpan().Trim();
        if (trimmed.IsEmpty)
            return 0;
        // .NET's own parser would also accept "infinity" and "nan" in any case, which GitHub's does not.
        if (!trimmed.ContainsAnyExcept(DecimalCharacters))
        {
            const NumberStyles Styles = NumberStyles.AllowLeadingSign | NumberStyles.AllowDecimalPoint | NumberStyles.AllowExponent;
            return double.TryParse(trimmed, Styles, CultureInfo.InvariantCulture, out double number) ? number : double.NaN;
        }

        return trimmed switch
        {
            "Infinity" or "+Infinity" => double.PositiveInfinity,
            "-Infinity" => double.NegativeInfinity,
            ['0', 'x', .. { Length: > 0 } digits] => ParseInteger(digits, 16),
            ['0', 'o', .. { Length: > 0 } digits] => ParseInteger(digits, 8),
            _ => double.NaN,
        };
    }

    public static string Format(double number) =>
        number == 0 ? "0" : number.ToString("G15", CultureInfo.InvariantCulture);

    private static double ParseInteger(ReadOnlySpan<char> digits, uint radix)
    {
        ulong value = 0;
        foreach (char c in digits)
        {
            int digit = char.IsAsciiHexDigit(c) ? Convert.ToInt32(c.ToString(), 16) : int.MaxValue;
            if (digit >= radix)
                return double.NaN;
            value = (value * radix) + (uint)digit;
            if (value > uint.MaxValue)
                return double.NaN;
        }

        // As a two's complement 32-bit integer: 0xffffffff is -1.
        return unchecked((int)(uint)value);
    }
}
