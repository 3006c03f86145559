namespace CmlNet.Reports.Readers.Csv;

/// <summary>Where a field stands in the bytes of its block, and what is known of it; eight bytes, since a block has tens of thousands.</summary>
[System.Runtime.InteropServices.StructLayout(System.Runtime.InteropServices.LayoutKind.Sequential)]
internal readonly struct CsvField
{
    private const int LengthMask = (1 << 28) - 1;
    private const int EscapedBit = 1 << 28;
    private const int QuotedBit = 1 << 29;
    private const int NumberBit = 1 << 30;
    private readonly int _code;

    public CsvField(int start, int length, bool isQuoted = false, bool hasQuotes = false)
    {
        Start = start;
        _code = length | (isQuoted ? QuotedBit : 0) | (hasQuotes ? EscapedBit : 0);
    }

    private CsvField(CsvField field, int bits)
    {
        Start = field.Start;
        _code = field._code | bits;
    }

    /// <summary>Behind the opening quote, if it has one.</summary>
    public int Start { get; }

    public int Length => _code & LengthMask;

    public bool IsQuoted => (_code & QuotedBit) != 0;

    /// <summary>Quotes of its text are doubled.</summary>
    public bool HasQuotes => (_code & EscapedBit) != 0;

    /// <summary>Its column is read as numbers, and it is one.</summary>
    public bool IsNumber => (_code & NumberBit) != 0;

    public CsvField AsNumber() => new(this, NumberBit);
}
