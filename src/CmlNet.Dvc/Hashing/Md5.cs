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

    // floor(2^32 * |sin(i + 1)|)
    private static ReadOnlySpan<uint> Sines =>
    [
        0xd76aa478, 0xe8c7b756, 0x242070db, 0xc1bdceee, 0xf57c0faf, 0x4787c62a, 0xa8304613, 0xfd469501, 0x698098d8, 0x8b44f7af, 0xffff5bb1, 0x895cd7be, 0x6b901122, 0xfd987193, 0xa679438e, 0x49b40821,
        0xf61e2562, 0xc040b340, 0x265e5a51, 0xe9b6c7aa, 0xd62f105d, 0x02441453, 0xd8a1e681, 0xe7d3fbc8, 0x21e1cde6, 0xc33707d6, 0xf4d50d87, 0x455a14ed, 0xa9e3e905, 0xfcefa3f8, 0x676f02d9, 0x8d2a4c8a,
        0xfffa3942, 0x8771f681, 0x6d9d6122, 0xfde5380c, 0xa4beea44, 0x4bdecfa9, 0xf6bb4b60, 0xbebfbc70, 0x289b7ec6, 0xeaa127fa, 0xd4ef3085, 0x04881d05, 0xd9d4d039, 0xe6db99e5, 0x1fa27cf8, 0xc4ac5665,
        0xf4292244, 0x432aff97, 0xab9423a7, 0xfc93a039, 0x655b59c3, 0x8f0ccc92, 0xffeff47d, 0x85845dd1, 0x6fa87e4f, 0xfe2ce6e0, 0xa3014314, 0x4e0811a1, 0xf7537e82, 0xbd3af235, 0x2ad7d2bb, 0xeb86d391,
    ];

    /// <summary>The digest of <paramref name="content"/>, into 16 bytes.</summary>
    public static void Hash(ReadOnlySpan<byte> content, Span<byte> digest)
    {
        Span<uint> state = [0x67452301, 0xefcdab89, 0x98badcfe, 0x10325476];
        Span<uint> words = stackalloc uint[16];
        int whole = content.Length / Block * Block;
        for (int at = 0; at < whole; at += Block)
            Add(state, content.Slice(at, Block), words);
        // What is left, a one bit, zeros, and the length in bits: one block or two.
        Span<byte> tail = stackalloc byte[2 * Block];
        tail.Clear();
        ReadOnlySpan<byte> rest = content[whole..];
        rest.CopyTo(tail);
        tail[rest.Length] = 0x80;
        int end = rest.Length < Block - 8 ? Block : 2 * Block;
        BinaryPrimitives.WriteUInt64LittleEndian(tail[(end - 8)..], (ulong)content.Length * 8);
        for (int at = 0; at < end; at += Block)
            Add(state, tail.Slice(at, Block), words);
        for (int i = 0; i < state.Length; i++)
            BinaryPrimitives.WriteUInt32LittleEndian(digest[(4 * i)..], state[i]);
    }

    // Four steps a turn: each of the four words is the one that changes once, and none is moved.
    private static void Add(Span<uint> state, ReadOnlySpan<byte> block, Span<uint> words)
    {
        for (int i = 0; i < words.Length; i++)
            words[i] = BinaryPrimitives.ReadUInt32LittleEndian(block[(4 * i)..]);
        ReadOnlySpan<uint> sines = Sines;
        (uint a, uint b, uint c, uint d) = (state[0], state[1], state[2], state[3]);
        for (int i = 0; i < 16; i += 4)
        {
            a = b + BitOperations.RotateLeft(a + (d ^ (b & (c ^ d))) + words[i] + sines[i], 7);
            d = a + BitOperations.RotateLeft(d + (c ^ (a & (b ^ c))) + words[i + 1] + sines[i + 1], 12);
            c = d + BitOperations.RotateLeft(c + (b ^ (d & (a ^ b))) + words[i + 2] + sines[i + 2], 17);
            b = c + BitOperations.RotateLeft(b + (a ^ (c & (d ^ a))) + words[i + 3] + sines[i + 3], 22);
        }

        for (int i = 16; i < 32; i += 4)
        {
            a = b + BitOperations.RotateLeft(a + (c ^ (d & (b ^ c))) + words[(5 * i + 1) & 15] + sines[i], 5);
            d = a + BitOperations.RotateLeft(d + (b ^ (c & (a ^ b))) + words[(5 * i + 6) & 15] + sines[i + 1], 9);
            c = d + BitOperations.RotateLeft(c + (a ^ (b & (d ^ a))) + words[(5 * i + 11) & 15] + sines[i + 2], 14);
            b = c + BitOperations.RotateLeft(b + (d ^ (a & (c ^ d))) + words[(5 * i + 16) & 15] + sines[i + 3], 20);
        }

        for (int i = 32; i < 48; i += 4)
        {
            a = b + BitOperations.RotateLeft(a + (b ^ c ^ d) + words[(3 * i + 5) & 15] + sines[i], 4);
            d = a + BitOperations.RotateLeft(d + (a ^ b ^ c) + words[(3 * i + 8) & 15] + sines[i + 1], 11);
            c = d + BitOperations.RotateLeft(c + (d ^ a ^ b) + words[(3 * i + 11) & 15] + sines[i + 2], 16);
            b = c + BitOperations.RotateLeft(b + (c ^ d ^ a) + words[(3 * i + 14) & 15] + sines[i + 3], 23);
        }

        for (int i = 48; i < 64; i += 4)
        {
            a = b + BitOperations.RotateLeft(a + (c ^ (b | ~d)) + words[(7 * i) & 15] + sines[i], 6);
            d = a + BitOperations.RotateLeft(d + (b ^ (a | ~c)) + words[(7 * i + 7) & 15] + sines[i + 1], 10);
            c = d + BitOperations.RotateLeft(c + (a ^ (d | ~b)) + words[(7 * i + 14) & 15] + sines[i + 2], 15);
            b = c + BitOperations.RotateLeft(b + (d ^ (c | ~a)) + words[(7 * i + 21) & 15] + sines[i + 3], 21);
        }

        state[0] += a;
        state[1] += b;
        state[2] += c;
        state[3] += d;
    }
}
