namespace CmlNet.Dvc.Hashing;

/// <summary>Digests as text. The runtime's own conversions are compiled anew at each start, which for a short command is longer than they take.</summary>
internal static class HexText
{
    private const int MostBytes = 64;

    /// <summary>Lower-case digits.</summary>
    public static string Of(ReadOnlySpan<byte> bytes)
    {
        ArgumentOutOfRangeException.ThrowIfGreaterThan(bytes.Length, MostBytes);
        Span<char> digits = stackalloc char[2 * bytes.Length];
        for (int i = 0; i < bytes.Length; i++)
        {
            digits[2 * i] = Digit(bytes[i] >> 4);
            digits[2 * i + 1] = Digit(bytes[i] & 15);
        }

        return new string(digits);
    }

    /// <summary>The value of two digits for each byte, of either case; false when there are others, or another number of them.</summary>
    public static bool TryRead(ReadOnlySpan<char> digits, Span<byte> bytes)
    {
        if (digits.Length != 2 * bytes.Length)
            return false;
        for (int i = 0; i < bytes.Length; i++)
        {
            (int high, int low) = (Value(digits[2 * i]), Value(digits[2 * i + 1]));
            if (high < 0 || low < 0)
                return false;
            bytes[i] = (byte)(high << 4 | low);
        }

        return true;
    }

    private static char Digit(int value) => (char)(value < 10 ? '0' + value : 'a' + value - 10);

    private static int Value(char digit) => digit switch
    {
        >= '0' and <= '9' => digit - '0',
        >= 'a' and <= 'f' => digit - 'a' + 10,
        >= 'A' and <= 'F' => digit - 'A' + 10,
        _ => -1,
    };
}
