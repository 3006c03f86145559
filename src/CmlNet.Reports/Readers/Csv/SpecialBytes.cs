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
    private readonly Vector256<byte> _delimiter = Vector256.Create(delimiter);
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
        _mask = Mask(Vector256.Create(block)) | ((ulong)Mask(Vector256.Create(block[Vector256<byte>.Count..])) << Vector256<byte>.Count);
    }

    private readonly uint Mask(Vector256<byte> bytes) =>
        (Vector256.Equals(bytes, _delimiter) | Vector256.Equals(bytes, Vector256.Create((byte)'\n')) | Vector256.Equals(bytes, Vector256.Create((byte)'\r'))).ExtractMostSignificantBits();
}
