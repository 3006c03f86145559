using System.Numerics;
using System.Runtime.Intrinsics;

namespace CmlNet.Reports.Readers.Csv;

/// <summary>Finds delimiters and line ends, 64 bytes at a time: fields are short, and a search for each would cost more than what it finds.</summary>
[System.Runtime.InteropServices.StructLayout(System.Runtime.InteropServices.LayoutKind.Auto)]
internal struct SpecialBytes(byte delimiter)
{
    /// <summary>How many bytes behind the data may be looked at.</summary>
    public const int Padding = 64;

    private const int Block = 64;
    private readonly Vector128<byte> _delimiter = Vector128.Create(delimiter);
    private int _start = -1;
    private ulong _mask;

    /// <summary>The bytes have moved.</summary>
    public void Reset() => _start = -1;

    /// <summary>Place of the first delimiter or line end at or after <paramref name="from"/>; -1 when there is none before <paramref name="end"/>.</summary>
    public int Next(byte[] bytes, int from, int end)
    {
        if (_start < 0 || from < _start || from >= _start + Block)
            Load(bytes, from);
        else
            _mask &= ulong.MaxValue << (from - _start);
        while (_mask == 0)
        {
            if (_start + Block >= end)
                return -1;
            Load(bytes, _start + Block);
        }

        int at = _start + BitOperations.TrailingZeroCount(_mask);
        return at < end ? at : -1;
    }

    private void Load(byte[] bytes, int start)
    {
        _start = start;
        ReadOnlySpan<byte> block = bytes.AsSpan(start, Block);
        _mask = Mask(block) | Mask(block[16..]) << 16 | Mask(block[32..]) << 32 | Mask(block[48..]) << 48;
    }

    // 128 bits and not 256: every processor has these, so that the code is compiled ahead of time and fast from the first call.
    private readonly ulong Mask(ReadOnlySpan<byte> block)
    {
        var bytes = Vector128.Create(block);
        return (Vector128.Equals(bytes, _delimiter) | Vector128.Equals(bytes, Vector128.Create((byte)'\n')) | Vector128.Equals(bytes, Vector128.Create((byte)'\r'))).ExtractMostSignificantBits();
    }
}
