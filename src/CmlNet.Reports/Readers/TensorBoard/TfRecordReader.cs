using System.Buffers.Binary;
using System.Numerics;

namespace CmlNet.Reports.Readers.TensorBoard;

/// <summary>
/// TFRecord framing: length, masked CRC-32C of the length, data, masked CRC-32C of the data; numbers little-endian
/// (TensorFlow <c>record_writer.cc</c>).
/// </summary>
internal sealed class TfRecordReader(Stream stream)
{
    private const ulong LargestRecord = 256 * 1024 * 1024;
    private const uint MaskDelta = 0xa282ead8;
    private byte[] _buffer = new byte[4096];

    /// <summary>Why reading ended before the end of the file; null when it did not, or when the last record was still being written.</summary>
    public string? Defect { get; private set; }

    /// <summary>The next record; false at the end. The span holds until the next call.</summary>
    public bool Read(out ReadOnlySpan<byte> record)
    {
        record = default;
        Span<byte> header = stackalloc byte[12];
        int read = stream.ReadAtLeast(header, header.Length, throwOnEndOfStream: false);
        if (read < header.Length)
            return false;
        ulong length = BinaryPrimitives.ReadUInt64LittleEndian(header);
        if (Masked(header[..8]) != BinaryPrimitives.ReadUInt32LittleEndian(header[8..]) || length > LargestRecord)
            return Fail("the checksum of a record's length is wrong");
        int size = (int)length + 4;
        if (_buffer.Length < size)
            _buffer = new byte[Math.Max(size, _buffer.Length * 2)];
        if (stream.ReadAtLeast(_buffer.AsSpan(0, size), size, throwOnEndOfStream: false) < size)
            return false; // cut off in the middle: the run is still going, or was killed
        ReadOnlySpan<byte> data = _buffer.AsSpan(0, (int)length);
        if (Masked(data) != BinaryPrimitives.ReadUInt32LittleEndian(_buffer.AsSpan((int)length)))
            return Fail("the checksum of a record is wrong");
        record = data;
        return true;
    }

    /// <summary>CRC-32C rotated right by 15 bits and shifted by a constant, so that data holding checksums keeps a good one.</summary>
    public static uint Masked(ReadOnlySpan<byte> data) => BitOperations.RotateRight(Crc32C(data), 15) + MaskDelta;

    /// <summary>Castagnoli's CRC.</summary>
    public static uint Crc32C(ReadOnlySpan<byte> data)
    {
        uint crc = uint.MaxValue;
        while (data.Length >= 8)
        {
            crc = BitOperations.Crc32C(crc, BinaryPrimitives.ReadUInt64LittleEndian(data));
            data = data[8..];
        }

        foreach (byte one in data)
            crc = BitOperations.Crc32C(crc, one);
        return ~crc;
    }

    private bool Fail(string what)
    {
        Defect = what;
        return false;
    }
}
