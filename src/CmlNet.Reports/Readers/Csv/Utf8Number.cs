using System.Buffers.Binary;
using System.Globalization;
using System.Numerics;
using System.Runtime.CompilerServices;

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
    private const int Word = sizeof(ulong);
    private const int Longest = 56;
    private const int ExactDigits = 15;
    private const int MostExact = 22;

    private static ReadOnlySpan<double> ExactPowers => [1, 1e1, 1e2, 1e3, 1e4, 1e5, 1e6, 1e7, 1e8, 1e9, 1e10, 1e11, 1e12, 1e13, 1e14, 1e15, 1e16, 1e17, 1e18, 1e19, 1e20, 1e21, 1e22];

    private static ReadOnlySpan<uint> PowersOfTen => [1, 10, 100, 1_000, 10_000, 100_000, 1_000_000, 10_000_000];

    /// <summary>Numbers as Python and spreadsheets write them; <c>nan</c>, <c>inf</c> and <c>-inf</c> in any case.</summary>
    public static bool TryParse(ReadOnlySpan<byte> text, out double value)
    {
        Span<byte> padded = stackalloc byte[Longest + Word];
        if (text.Length > Longest)
            return TrySlow(text, out value);
        text.CopyTo(padded);
        return TryFast(padded, text.Length, out value) || TrySlow(text, out value);
    }

    /// <summary>The same within a larger text, of which eight more bytes may be looked at.</summary>
    public static bool TryParse(byte[] bytes, int start, int length, out double value) =>
        TryFast(bytes.AsSpan(start, length + Word), length, out value) || TrySlow(bytes.AsSpan(start, length), out value);

    private static bool TrySlow(ReadOnlySpan<byte> text, out double value)
    {
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

    // The text is the first bytes; a word more may be looked at. Where the next word stands follows from lengths alone and not from what the last one held,
    // so that the processor works on several at once.
    private static bool TryFast(ReadOnlySpan<byte> text, int length, out double value)
    {
        bool negative = text[0] == '-';
        int at = negative ? 1 : 0, start = at;
        ulong mantissa = 0;
        if (length - at is > 0 and <= Word && Digits(text, at, length - at) is var whole && AreDigits(whole))
        {
            value = negative ? -(double)Value(whole) : Value(whole);
            return true;
        }

        for (; at < length && (uint)(text[at] - '0') <= 9; at++)
            mantissa = mantissa * 10 + (uint)(text[at] - '0');
        int digits = at - start, exponent = 0;
        if (at < length && text[at] == '.')
        {
            start = ++at;
            Fraction(text, length, ref at, ref mantissa);
            digits += at - start;
            exponent = start - at;
        }

        value = 0;
        if (digits > MostDigits)
            digits -= LeadingZeros(text[(negative ? 1 : 0)..length]);
        if (digits is 0 or > MostDigits || (at != length && !TryExponent(text, length, at, ref exponent)))
            return false;
        // Doubles hold both exactly, and one division is rounded once.
        if (digits <= ExactDigits && exponent is <= 0 and >= -MostExact)
            value = mantissa / ExactPowers[-exponent];
        else if (mantissa != 0 && (exponent is < PowersOfFive.Lowest or > PowersOfFive.Highest || !TryAssemble(mantissa, exponent, out value)))
            return false;
        value = negative ? -value : value;
        return true;
    }

    // They add nothing to the whole number that the digits make.
    private static int LeadingZeros(ReadOnlySpan<byte> text)
    {
        int first = text.IndexOfAnyExcept((byte)'0', (byte)'.');
        return first < 0 ? 0 : first - text[..first].Count((byte)'.');
    }

    // Wraps around beyond 19 digits; the caller looks at their number.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Fraction(ReadOnlySpan<byte> text, int length, ref int at, ref ulong mantissa)
    {
        for (; length - at >= Word; at += Word)
        {
            ulong word = Digits(text, at, Word);
            if (!AreDigits(word))
                break;
            mantissa = mantissa * 100_000_000 + Value(word);
        }

        int left = length - at;
        if (left is > 0 and < Word && Digits(text, at, left) is var last && AreDigits(last))
        {
            mantissa = mantissa * PowersOfTen[left] + Value(last);
            at = length;
        }

        for (; at < length && (uint)(text[at] - '0') <= 9; at++)
            mantissa = mantissa * 10 + (uint)(text[at] - '0');
    }

    // Up to eight characters less '0', as if zeros stood before them.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static ulong Digits(ReadOnlySpan<byte> text, int at, int count) =>
        (BinaryPrimitives.ReadUInt64LittleEndian(text.Slice(at, Word)) ^ 0x3030303030303030) << (8 * (Word - count));

    // No byte is above 9: the high bits stay clear; a carry comes from a byte that has one set.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static bool AreDigits(ulong digits) => (((digits + 0x7676767676767676) | digits) & 0x8080808080808080) == 0;

    // Eight digits, the first in the lowest byte: pairs, then fours, then all (Lemire 2018, "Quickly parsing eight digits").
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static uint Value(ulong digits)
    {
        const ulong mask = 0x000000FF000000FF;
        digits = digits * 10 + (digits >> 8);
        return (uint)(((digits & mask) * (100 + (1_000_000UL << 32)) + ((digits >> 16) & mask) * (1 + (10_000UL << 32))) >> 32);
    }

    private static bool TryExponent(ReadOnlySpan<byte> text, int length, int at, ref int exponent)
    {
        if (text[at] is not ((byte)'e' or (byte)'E'))
            return false;
        at++;
        bool negative = at < length && text[at] == '-';
        at += at < length && text[at] is (byte)'-' or (byte)'+' ? 1 : 0;
        int start = at, written = 0;
        for (; at < length && at - start < 4 && (uint)(text[at] - '0') <= 9; at++)
            written = written * 10 + text[at] - '0';
        exponent += negative ? -written : written;
        return at == length && at - start is > 0 and <= 3;
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
