using System.Buffers.Binary;
using System.Numerics;

namespace CmlNet.Dvc.Hashing;

/// <summary>
/// MD5 (RFC 1321) of bytes in memory. The platform's own is a little faster over long content and costs a library to load and
/// several calls each time: over tens of thousands of small files those are most of the time.
/// </summary>
internal static class Md5
{
    public const int Size = 16;
    private const int Block = 64;

    /// <summary>The digest of <paramref name="content"/>, into 16 bytes.</summary>
    public static void Hash(ReadOnlySpan<byte> content, Span<byte> digest)
    {
        Span<uint> state = [0x67452301, 0xefcdab89, 0x98badcfe, 0x10325476];
        int whole = content.Length / Block * Block;
        for (int at = 0; at < whole; at += Block)
            Add(state, content.Slice(at, Block));
        // What is left, a one bit, zeros, and the length in bits: one block or two.
        Span<byte> tail = stackalloc byte[2 * Block];
        tail.Clear();
        ReadOnlySpan<byte> rest = content[whole..];
        rest.CopyTo(tail);
        tail[rest.Length] = 0x80;
        int end = rest.Length < Block - 8 ? Block : 2 * Block;
        BinaryPrimitives.WriteUInt64LittleEndian(tail[(end - 8)..], (ulong)content.Length * 8);
        for (int at = 0; at < end; at += Block)
            Add(state, tail.Slice(at, Block));
        for (int i = 0; i < state.Length; i++)
            BinaryPrimitives.WriteUInt32LittleEndian(digest[(4 * i)..], state[i]);
    }

    // All 64 steps written out, each with its constant floor(2^32 * |sin(i + 1)|): nothing is looked up or checked on the way.
#pragma warning disable MA0051 // Long because it is one expression after the other, and half of it would need all words again.
    private static void Add(Span<uint> state, ReadOnlySpan<byte> block)
    {
        uint w0 = BinaryPrimitives.ReadUInt32LittleEndian(block[0..]), w1 = BinaryPrimitives.ReadUInt32LittleEndian(block[4..]);
        uint w2 = BinaryPrimitives.ReadUInt32LittleEndian(block[8..]), w3 = BinaryPrimitives.ReadUInt32LittleEndian(block[12..]);
        uint w4 = BinaryPrimitives.ReadUInt32LittleEndian(block[16..]), w5 = BinaryPrimitives.ReadUInt32LittleEndian(block[20..]);
        uint w6 = BinaryPrimitives.ReadUInt32LittleEndian(block[24..]), w7 = BinaryPrimitives.ReadUInt32LittleEndian(block[28..]);
        uint w8 = BinaryPrimitives.ReadUInt32LittleEndian(block[32..]), w9 = BinaryPrimitives.ReadUInt32LittleEndian(block[36..]);
        uint w10 = BinaryPrimitives.ReadUInt32LittleEndian(block[40..]), w11 = BinaryPrimitives.ReadUInt32LittleEndian(block[44..]);
        uint w12 = BinaryPrimitives.ReadUInt32LittleEndian(block[48..]), w13 = BinaryPrimitives.ReadUInt32LittleEndian(block[52..]);
        uint w14 = BinaryPrimitives.ReadUInt32LittleEndian(block[56..]), w15 = BinaryPrimitives.ReadUInt32LittleEndian(block[60..]);
        (uint a, uint b, uint c, uint d) = (state[0], state[1], state[2], state[3]);
        a = b + BitOperations.RotateLeft(a + (d ^ (b & (c ^ d))) + w0 + 0xd76aa478, 7);
        d = a + BitOperations.RotateLeft(d + (c ^ (a & (b ^ c))) + w1 + 0xe8c7b756, 12);
        c = d + BitOperations.RotateLeft(c + (b ^ (d & (a ^ b))) + w2 + 0x242070db, 17);
        b = c + BitOperations.RotateLeft(b + (a ^ (c & (d ^ a))) + w3 + 0xc1bdceee, 22);
        a = b + BitOperations.RotateLeft(a + (d ^ (b & (c ^ d))) + w4 + 0xf57c0faf, 7);
        d = a + BitOperations.RotateLeft(d + (c ^ (a & (b ^ c))) + w5 + 0x4787c62a, 12);
        c = d + BitOperations.RotateLeft(c + (b ^ (d & (a ^ b))) + w6 + 0xa8304613, 17);
        b = c + BitOperations.RotateLeft(b + (a ^ (c & (d ^ a))) + w7 + 0xfd469501, 22);
        a = b + BitOperations.RotateLeft(a + (d ^ (b & (c ^ d))) + w8 + 0x698098d8, 7);
        d = a + BitOperations.RotateLeft(d + (c ^ (a & (b ^ c))) + w9 + 0x8b44f7af, 12);
        c = d + BitOperations.RotateLeft(c + (b ^ (d & (a ^ b))) + w10 + 0xffff5bb1, 17);
        b = c + BitOperations.RotateLeft(b + (a ^ (c & (d ^ a))) + w11 + 0x895cd7be, 22);
        a = b + BitOperations.RotateLeft(a + (d ^ (b & (c ^ d))) + w12 + 0x6b901122, 7);
        d = a + BitOperations.RotateLeft(d + (c ^ (a & (b ^ c))) + w13 + 0xfd987193, 12);
        c = d + BitOperations.RotateLeft(c + (b ^ (d & (a ^ b))) + w14 + 0xa679438e, 17);
        b = c + BitOperations.RotateLeft(b + (a ^ (c & (d ^ a))) + w15 + 0x49b40821, 22);

        a = b + BitOperations.RotateLeft(a + (c ^ (d & (b ^ c))) + w1 + 0xf61e2562, 5);
        d = a + BitOperations.RotateLeft(d + (b ^ (c & (a ^ b))) + w6 + 0xc040b340, 9);
        c = d + BitOperations.RotateLeft(c + (a ^ (b & (d ^ a))) + w11 + 0x265e5a51, 14);
        b = c + BitOperations.RotateLeft(b + (d ^ (a & (c ^ d))) + w0 + 0xe9b6c7aa, 20);
        a = b + BitOperations.RotateLeft(a + (c ^ (d & (b ^ c))) + w5 + 0xd62f105d, 5);
        d = a + BitOperations.RotateLeft(d + (b ^ (c & (a ^ b))) + w10 + 0x02441453, 9);
        c = d + BitOperations.RotateLeft(c + (a ^ (b & (d ^ a))) + w15 + 0xd8a1e681, 14);
        b = c + BitOperations.RotateLeft(b + (d ^ (a & (c ^ d))) + w4 + 0xe7d3fbc8, 20);
        a = b + BitOperations.RotateLeft(a + (c ^ (d & (b ^ c))) + w9 + 0x21e1cde6, 5);
        d = a + BitOperations.RotateLeft(d + (b ^ (c & (a ^ b))) + w14 + 0xc33707d6, 9);
        c = d + BitOperations.RotateLeft(c + (a ^ (b & (d ^ a))) + w3 + 0xf4d50d87, 14);
        b = c + BitOperations.RotateLeft(b + (d ^ (a & (c ^ d))) + w8 + 0x455a14ed, 20);
        a = b + BitOperations.RotateLeft(a + (c ^ (d & (b ^ c))) + w13 + 0xa9e3e905, 5);
        d = a + BitOperations.RotateLeft(d + (b ^ (c & (a ^ b))) + w2 + 0xfcefa3f8, 9);
        c = d + BitOperations.RotateLeft(c + (a ^ (b & (d ^ a))) + w7 + 0x676f02d9, 14);
        b = c + BitOperations.RotateLeft(b + (d ^ (a & (c ^ d))) + w12 + 0x8d2a4c8a, 20);

        a = b + BitOperations.RotateLeft(a + (b ^ c ^ d) + w5 + 0xfffa3942, 4);
        d = a + BitOperations.RotateLeft(d + (a ^ b ^ c) + w8 + 0x8771f681, 11);
        c = d + BitOperations.RotateLeft(c + (d ^ a ^ b) + w11 + 0x6d9d6122, 16);
        b = c + BitOperations.RotateLeft(b + (c ^ d ^ a) + w14 + 0xfde5380c, 23);
        a = b + BitOperations.RotateLeft(a + (b ^ c ^ d) + w1 + 0xa4beea44, 4);
        d = a + BitOperations.RotateLeft(d + (a ^ b ^ c) + w4 + 0x4bdecfa9, 11);
        c = d + BitOperations.RotateLeft(c + (d ^ a ^ b) + w7 + 0xf6bb4b60, 16);
        b = c + BitOperations.RotateLeft(b + (c ^ d ^ a) + w10 + 0xbebfbc70, 23);
        a = b + BitOperations.RotateLeft(a + (b ^ c ^ d) + w13 + 0x289b7ec6, 4);
        d = a + BitOperations.RotateLeft(d + (a ^ b ^ c) + w0 + 0xeaa127fa, 11);
        c = d + BitOperations.RotateLeft(c + (d ^ a ^ b) + w3 + 0xd4ef3085, 16);
        b = c + BitOperations.RotateLeft(b + (c ^ d ^ a) + w6 + 0x04881d05, 23);
        a = b + BitOperations.RotateLeft(a + (b ^ c ^ d) + w9 + 0xd9d4d039, 4);
        d = a + BitOperations.RotateLeft(d + (a ^ b ^ c) + w12 + 0xe6db99e5, 11);
        c = d + BitOperations.RotateLeft(c + (d ^ a ^ b) + w15 + 0x1fa27cf8, 16);
        b = c + BitOperations.RotateLeft(b + (c ^ d ^ a) + w2 + 0xc4ac5665, 23);

        a = b + BitOperations.RotateLeft(a + (c ^ (b | ~d)) + w0 + 0xf4292244, 6);
        d = a + BitOperations.RotateLeft(d + (b ^ (a | ~c)) + w7 + 0x432aff97, 10);
        c = d + BitOperations.RotateLeft(c + (a ^ (d | ~b)) + w14 + 0xab9423a7, 15);
        b = c + BitOperations.RotateLeft(b + (d ^ (c | ~a)) + w5 + 0xfc93a039, 21);
        a = b + BitOperations.RotateLeft(a + (c ^ (b | ~d)) + w12 + 0x655b59c3, 6);
        d = a + BitOperations.RotateLeft(d + (b ^ (a | ~c)) + w3 + 0x8f0ccc92, 10);
        c = d + BitOperations.RotateLeft(c + (a ^ (d | ~b)) + w10 + 0xffeff47d, 15);
        b = c + BitOperations.RotateLeft(b + (d ^ (c | ~a)) + w1 + 0x85845dd1, 21);
        a = b + BitOperations.RotateLeft(a + (c ^ (b | ~d)) + w8 + 0x6fa87e4f, 6);
        d = a + BitOperations.RotateLeft(d + (b ^ (a | ~c)) + w15 + 0xfe2ce6e0, 10);
        c = d + BitOperations.RotateLeft(c + (a ^ (d | ~b)) + w6 + 0xa3014314, 15);
        b = c + BitOperations.RotateLeft(b + (d ^ (c | ~a)) + w13 + 0x4e0811a1, 21);
        a = b + BitOperations.RotateLeft(a + (c ^ (b | ~d)) + w4 + 0xf7537e82, 6);
        d = a + BitOperations.RotateLeft(d + (b ^ (a | ~c)) + w11 + 0xbd3af235, 10);
        c = d + BitOperations.RotateLeft(c + (a ^ (d | ~b)) + w2 + 0x2ad7d2bb, 15);
        b = c + BitOperations.RotateLeft(b + (d ^ (c | ~a)) + w9 + 0xeb86d391, 21);
        state[0] += a;
        state[1] += b;
        state[2] += c;
        state[3] += d;
    }
#pragma warning restore MA0051
}
