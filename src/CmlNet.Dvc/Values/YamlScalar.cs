using System.Globalization;

namespace CmlNet.Dvc.Values;

/// <summary>YAML 1.2 core schema, as DVC's reader resolves plain scalars: <c>yes</c> and <c>on</c> are text, <c>1e-5</c> is a number.</summary>
public static class YamlScalar
{
    /// <summary>The value of an unquoted scalar.</summary>
    public static DvcValue Resolve(string text) => text switch
    {
        "" or "~" or "null" or "Null" or "NULL" => DvcValue.Null,
        "true" or "True" or "TRUE" => DvcValue.Of(true),
        "false" or "False" or "FALSE" => DvcValue.Of(false),
        ".nan" or ".NaN" or ".NAN" => DvcValue.Of(double.NaN),
        ".inf" or ".Inf" or ".INF" or "+.inf" or "+.Inf" or "+.INF" => DvcValue.Of(double.PositiveInfinity),
        "-.inf" or "-.Inf" or "-.INF" => DvcValue.Of(double.NegativeInfinity),
        _ => Number(text) ?? DvcValue.Of(text),
    };

    private static DvcValue? Number(string text)
    {
        char first = text[0];
        if (!char.IsAsciiDigit(first) && first is not ('+' or '-' or '.'))
            return null;
        if (text.StartsWith("0x", StringComparison.Ordinal))
            return long.TryParse(text.AsSpan(2), NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out long hex) ? DvcValue.Of(hex) : null;
        if (text.StartsWith("0o", StringComparison.Ordinal))
            return Octal(text.AsSpan(2));
        if (long.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out long integer))
            return DvcValue.Of(integer);
        return double.TryParse(text, NumberStyles.AllowLeadingSign | NumberStyles.AllowDecimalPoint | NumberStyles.AllowExponent, CultureInfo.InvariantCulture, out double real)
            ? DvcValue.Of(real)
            : null;
    }

    private static DvcValue? Octal(ReadOnlySpan<char> digits)
    {
        long value = 0;
        if (digits.IsEmpty || digits.Length > 20)
            return null;
        foreach (char digit in digits)
        {
            if (digit is < '0' or > '7')
                return null;
            value = value * 8 + (digit - '0');
        }

        return DvcValue.Of(value);
    }
}
