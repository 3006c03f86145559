using System.Globalization;
using System.Numerics;

namespace CmlNet.Reports.Readers.Csv;

/// <summary>
/// Decimal text to the nearest double, several times as fast as the framework on what numeric files hold: up to 19 digits and moderate exponents
/// by the algorithm of Eisel and Lemire (Lemire 2021, "Number parsing at a gigabyte per second"); all else goes to the framework.
/// </summary>
internal static class Utf8Number
{
    private const int MostDigits = 19;
    private const int MantissaBits = 52;
    private const int ExponentBias = 1023;

    /// <summary>Numbers as Python and spreadsheets write them; <c>nan</c>, <c>inf</c> and <c>-inf</c> in any case.</summary>
    public static bool TryParse(ReadOnlySpan<byte> text, out double value)
    {
        if (TryFast(text, out value))
            return true;
        text = text.Trim(" \t"u8);
        if (double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out value))
            return true;
        bool negative = text.Length > 0 && text[0] == '-';
        ReadOnlySpan<byte> word = text.Length > 0 && text[0] is (byte)'-' or (byte)'+' ? text[1..] : text;
        value = IsWord(word, "nan"u8) ? double.NaN : negative ? double.NegativeInfinity : double.PositiveInfinity;
        return IsWord(word, "nan"u8) || IsWord(word, "inf"u8) || IsWord(word, "infinity"u8);
    }

    /// <summary>Whether nothing was written: empty, or pandas's, Keras's and R's words for it.</summary>
    public static bool IsMissing(ReadOnlySpan<byte> text)
    {
        if (text.Length > 0 && text[0] is (>= (byte)'0' and <= (byte)'9') or (byte)'-' or (byte)'.')
            return false;
        text = text.Trim(" \t"u8);
        return text.IsEmpty || text.SequenceEqual("NA"u8) || text.SequenceEqual("N/A"u8) || text.SequenceEqual("<NA>"u8) || IsWord(text, "null"u8) || IsWord(text, "nan"u8);
    }

    private static bool IsWord(ReadOnlySpan<byte> text, ReadOnlySpan<byte> lower) => System.Text.Ascii.EqualsIgnoreCase(text, lower);

    private static bool TryFast(ReadOnlySpan<byte> text, out double value)
    {
        value = 0;
        int at = 0;
        bool negative = text.Length > 0 && text[0] == '-';
        at += negative ? 1 : 0;
        ulong mantissa = 0;
        int digits = Digits(text, ref at, ref mantissa), exponent = 0;
        if (at < text.Length && text[at] == '.')
        {
            at++;
            int fraction = Digits(text, ref at, ref mantissa);
            digits += fraction;
            exponent = -fraction;
        }

        if (digits is 0 or > MostDigits || !TryExponent(text, ref at, ref exponent) || at != text.Length)
            return false;
        if (mantissa == 0)
        {
            value = negative ? -0.0 : 0.0;
            return true;
        }

        if (exponent is < PowersOfFive.Lowest or > PowersOfFive.Highest || !TryAssemble(mantissa, exponent, out value))
            return false;
        value = negative ? -value : value;
        return true;
    }

    // Wraps around beyond 19 digits; the caller looks at their number.
    private static int Digits(ReadOnlySpan<byte> text, ref int at, ref ulong mantissa)
    {
        int start = at;
        while ((uint)at < (uint)text.Length && (uint)(text[at] - '0') <= 9)
            mantissa = mantissa * 10 + (uint)(text[at++] - '0');
        return at - start;
    }

    private static bool TryExponent(ReadOnlySpan<byte> text, ref int at, ref int exponent)
    {
        if (at == text.Length || text[at] is not ((byte)'e' or (byte)'E'))
            return true;
        at++;
        bool negative = at < text.Length && text[at] == '-';
        at += at < text.Length && text[at] is (byte)'-' or (byte)'+' ? 1 : 0;
        ulong written = 0;
        int digits = Digits(text, ref at, ref written);
        exponent += negative ? -(int)written : (int)written;
        return digits is > 0 and <= 3;
    }

    private static bool TryAssemble(ulong mantissa, int exponent, out double value)
    {
        int shift = BitOperations.LeadingZeroCount(mantissa);
        (ulong high, ulong low) = Product(mantissa << shift, exponent);
        value = 0;
        if (low == ulong.MaxValue && exponent is < -27 or > 55)
            return false; // too close to call with 128 bits
        int upper = (int)(high >> 63);
        ulong bits = high >> (upper + 64 - MantissaBits - 3);
        int power = (((152170 + 65536) * exponent) >> 16) + 63 + upper - shift + ExponentBias;
        if (power <= 0)
            return false;
        // Exactly between two doubles: to the even one.
        if (low <= 1 && exponent is >= -4 and <= 23 && (bits & 3) == 1 && bits << (upper + 64 - MantissaBits - 3) == high)
            bits &= ~1UL;
        bits = (bits + (bits & 1)) >> 1;
        if (bits >= 2UL << MantissaBits)
        {
            bits = 1UL << MantissaBits;
            power++;
        }

        value = BitConverter.UInt64BitsToDouble((bits & ~(1UL << MantissaBits)) | ((ulong)power << MantissaBits));
        return power < 2047;
    }

    private static (ulong High, ulong Low) Product(ulong mantissa, int exponent)
    {
        const ulong mask = ulong.MaxValue >> (MantissaBits + 3);
        (ulong fiveHigh, ulong fiveLow) = PowersOfFive.Of(exponent);
        ulong high = Math.BigMul(mantissa, fiveHigh, out ulong low);
        if ((high & mask) != mask)
            return (high, low);
        ulong more = Math.BigMul(mantissa, fiveLow, out _);
        low += more;
        return (more > low ? high + 1 : high, low);
    }
}
