using System.Buffers.Binary;
using System.Numerics;
using System.Security.Cryptography;
using CmlNet.Publishing.Http;

namespace CmlNet.Publishing.Assets;

/// <summary>SHA-256 (FIPS 180-4) in managed code: .NET's own needs OpenSSL on Linux, which a job's image may lack. What is large is left to it where it is there.</summary>
internal sealed class Sha256
{
    private const int BlockSize = 64;

    /// <summary>Loading OpenSSL takes as long as hashing some megabytes; the processor's own instructions are ten times as fast then.</summary>
    private const int Large = 256 * 1024;

    private static ReadOnlySpan<uint> RoundConstants =>
    [
        0x428a2f98, 0x71374491, 0xb5c0fbcf, 0xe9b5dba5, 0x3956c25b, 0x59f111f1, 0x923f82a4, 0xab1c5ed5,
        0xd807aa98, 0x12835b01, 0x243185be, 0x550c7dc3, 0x72be5d74, 0x80deb1fe, 0x9bdc06a7, 0xc19bf174,
        0xe49b69c1, 0xefbe4786, 0x0fc19dc6, 0x240ca1cc, 0x2de92c6f, 0x4a7484aa, 0x5cb0a9dc, 0x76f988da,
        0x983e5152, 0xa831c66d, 0xb00327c8, 0xbf597fc7, 0xc6e00bf3, 0xd5a79147, 0x06ca6351, 0x14292967,
        0x27b70a85, 0x2e1b2138, 0x4d2c6dfc, 0x53380d13, 0x650a7354, 0x766a0abb, 0x81c2c92e, 0x92722c85,
        0xa2bfe8a1, 0xa81a664b, 0xc24b8b70, 0xc76c51a3, 0xd192e819, 0xd6990624, 0xf40e3585, 0x106aa070,
        0x19a4c116, 0x1e376c08, 0x2748774c, 0x34b0bcb5, 0x391c0cb3, 0x4ed8aa4a, 0x5b9cca4f, 0x682e6ff3,
        0x748f82ee, 0x78a5636f, 0x84c87814, 0x8cc70208, 0x90befffa, 0xa4506ceb, 0xbef9a3f7, 0xc67178f2,
    ];

    private readonly uint[] _state = [0x6a09e667, 0xbb67ae85, 0x3c6ef372, 0xa54ff53a, 0x510e527f, 0x9b05688c, 0x1f83d9ab, 0x5be0cd19];
    private readonly byte[] _rest = new byte[BlockSize];
    private ulong _length;

    /// <summary>64 lower-case hexadecimal digits.</summary>
    public static string Hex(ReadOnlySpan<byte> content) => Convert.ToHexStringLower(Hash(content));

    public static byte[] Hash(ReadOnlySpan<byte> content)
    {
        if (content.Length >= Large && OpenSsl.IsInstalled)
            return SHA256.HashData(content);
        var hash = new Sha256();
        hash.Append(content);
        return hash.Finish();
    }

    public void Append(ReadOnlySpan<byte> content)
    {
        int held = (int)(_length % BlockSize);
        _length += (ulong)content.Length;
        if (held > 0)
        {
            int taken = Math.Min(BlockSize - held, content.Length);
            content[..taken].CopyTo(_rest.AsSpan(held));
            content = content[taken..];
            if (held + taken < BlockSize)
                return;
            Mix(_state, _rest);
        }

        for (; content.Length >= BlockSize; content = content[BlockSize..])
            Mix(_state, content[..BlockSize]);
        content.CopyTo(_rest);
    }

    /// <summary>The hash of all that was appended; nothing may be appended after.</summary>
    public byte[] Finish()
    {
        // The rest, one 1 bit, zeros, and the length in bits.
        int held = (int)(_length % BlockSize);
        Span<byte> tail = stackalloc byte[2 * BlockSize];
        tail.Clear();
        _rest.AsSpan(0, held).CopyTo(tail);
        tail[held] = 0x80;
        int end = held < BlockSize - 8 ? BlockSize : 2 * BlockSize;
        BinaryPrimitives.WriteUInt64BigEndian(tail[(end - 8)..], _length * 8);
        for (int i = 0; i < end; i += BlockSize)
            Mix(_state, tail.Slice(i, BlockSize));
        byte[] hash = new byte[32];
        for (int i = 0; i < 8; i++)
            BinaryPrimitives.WriteUInt32BigEndian(hash.AsSpan(i * 4), _state[i]);
        return hash;
    }

    private static void Mix(Span<uint> state, ReadOnlySpan<byte> block)
    {
        Span<uint> w = stackalloc uint[64];
        for (int i = 0; i < 16; i++)
            w[i] = BinaryPrimitives.ReadUInt32BigEndian(block[(i * 4)..]);
        for (int i = 16; i < 64; i++)
        {
            uint s0 = BitOperations.RotateRight(w[i - 15], 7) ^ BitOperations.RotateRight(w[i - 15], 18) ^ (w[i - 15] >> 3);
            uint s1 = BitOperations.RotateRight(w[i - 2], 17) ^ BitOperations.RotateRight(w[i - 2], 19) ^ (w[i - 2] >> 10);
            w[i] = w[i - 16] + s0 + w[i - 7] + s1;
        }

        uint a = state[0], b = state[1], c = state[2], d = state[3], e = state[4], f = state[5], g = state[6], h = state[7];
        for (int i = 0; i < 64; i++)
        {
            uint s1 = BitOperations.RotateRight(e, 6) ^ BitOperations.RotateRight(e, 11) ^ BitOperations.RotateRight(e, 25);
            uint t1 = h + s1 + ((e & f) ^ (~e & g)) + RoundConstants[i] + w[i];
            uint s0 = BitOperations.RotateRight(a, 2) ^ BitOperations.RotateRight(a, 13) ^ BitOperations.RotateRight(a, 22);
            uint t2 = s0 + ((a & b) ^ (a & c) ^ (b & c));
            (h, g, f, e, d, c, b, a) = (g, f, e, d + t1, c, b, a, t1 + t2);
        }

        state[0] += a;
        state[1] += b;
        state[2] += c;
        state[3] += d;
        state[4] += e;
        state[5] += f;
        state[6] += g;
        state[7] += h;
    }
}
