using System.Buffers.Binary;
using System.IO.Compression;
using System.Runtime.InteropServices;

namespace CmlNet.Reports.Charts.Drawing;

/// <summary>
/// Opaque pixels to PNG (RFC 2083). cairo's own writer tries every filter at zlib level 6 and takes five times as long;
/// charts are flat colour, where "same as the row above" and a fast deflate come out about as small.
/// </summary>
internal static class PngWriter
{
    private const int BlockBytes = 256 * 1024;
    private const byte Up = 2; // the filter "as the row above"
    private static readonly uint[] CrcTable = BuildCrcTable();

    /// <param name="pixels">Rows of little-endian XRGB, as cairo's RGB24 and ARGB32 surfaces hold them.</param>
    /// <param name="width">Pixels.</param>
    /// <param name="height">Pixels.</param>
    /// <param name="stride">Bytes from one row to the next.</param>
    public static byte[] Write(ReadOnlySpan<byte> pixels, int width, int height, int stride)
    {
        using var output = new MemoryStream();
        output.Write([0x89, 0x50, 0x4E, 0x47, 0x0D, 0x0A, 0x1A, 0x0A]);
        Span<byte> header = stackalloc byte[13];
        BinaryPrimitives.WriteInt32BigEndian(header, width);
        BinaryPrimitives.WriteInt32BigEndian(header[4..], height);
        header[8] = 8;
        header[9] = 2;
        header[10..].Clear();
        Chunk(output, "IHDR"u8, header);
        using var packed = new MemoryStream();
        using (var zlib = new ZLibStream(packed, CompressionLevel.Fastest, leaveOpen: true))
            Rows(zlib, pixels, width, height, stride);
        Chunk(output, "IDAT"u8, packed.GetBuffer().AsSpan(0, (int)packed.Length));
        Chunk(output, "IEND"u8, []);
        return output.ToArray();
    }

    // Most pixels are as those above them: only the others are looked into.
    private static void Rows(ZLibStream zlib, ReadOnlySpan<byte> pixels, int width, int height, int stride)
    {
        int length = width * 3 + 1, capacity = Math.Max(1, BlockBytes / length);
        byte[] block = new byte[capacity * length];
        ReadOnlySpan<uint> above = new uint[width];
        int filled = 0;
        for (int y = 0; y < height; y++)
        {
            ReadOnlySpan<uint> row = MemoryMarshal.Cast<byte, uint>(pixels.Slice(y * stride, width * 4));
            Span<byte> line = block.AsSpan(filled * length, length);
            line.Clear();
            line[0] = Up;
            for (int x = row.CommonPrefixLength(above); x < width; x++)
            {
                uint now = row[x], before = above[x];
                if (now == before)
                    continue;
                line[x * 3 + 1] = (byte)((now >> 16) - (before >> 16));
                line[x * 3 + 2] = (byte)((now >> 8) - (before >> 8));
                line[x * 3 + 3] = (byte)(now - before);
            }

            above = row;
            if (++filled < capacity && y + 1 < height)
                continue;
            zlib.Write(block.AsSpan(0, filled * length));
            filled = 0;
        }
    }

    private static void Chunk(MemoryStream output, ReadOnlySpan<byte> type, ReadOnlySpan<byte> data)
    {
        Span<byte> number = stackalloc byte[4];
        BinaryPrimitives.WriteInt32BigEndian(number, data.Length);
        output.Write(number);
        output.Write(type);
        output.Write(data);
        BinaryPrimitives.WriteUInt32BigEndian(number, ~Crc(Crc(uint.MaxValue, type), data));
        output.Write(number);
    }

    private static uint Crc(uint crc, ReadOnlySpan<byte> bytes)
    {
        foreach (byte b in bytes)
            crc = CrcTable[(byte)(crc ^ b)] ^ (crc >> 8);
        return crc;
    }

    private static uint[] BuildCrcTable()
    {
        var table = new uint[256];
        for (uint n = 0; n < 256; n++)
        {
            uint c = n;
            for (int k = 0; k < 8; k++)
                c = (c & 1) != 0 ? 0xEDB88320 ^ (c >> 1) : c >> 1;
            table[n] = c;
        }

        return table;
    }
}
