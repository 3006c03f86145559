using System.Security.Cryptography;
using CmlNet.Publishing.Assets;

namespace CmlNet.Publishing.Tests.Assets;

public sealed class HmacTests
{
    [Theory]
    [InlineData(0, 0)]
    [InlineData(32, 32)]
    [InlineData(64, 1000)]
    [InlineData(65, 55)]
    [InlineData(200, 56)]
    public void Hash_AnyLengths_IsWhatTheFrameworkComputes(int key, int length)
    {
        byte[] bytes = [.. Enumerable.Range(0, key + length).Select(i => (byte)(i * 37))];
        Assert.Equal(HMACSHA256.HashData(bytes[..key], bytes[key..]), Hmac.Hash(bytes.AsSpan(0, key), bytes.AsSpan(key)));
    }

    [Theory]
    [InlineData(1)]
    [InlineData(63)]
    [InlineData(64)]
    [InlineData(65)]
    [InlineData(200)]
    public void Append_InPieces_IsTheHashOfTheWhole(int piece)
    {
        byte[] bytes = [.. Enumerable.Range(0, 1000).Select(i => (byte)(i * 31))];
        var hash = new Sha256();
        for (int at = 0; at < bytes.Length; at += piece)
            hash.Append(bytes.AsSpan(at, Math.Min(piece, bytes.Length - at)));
        Assert.Equal(SHA256.HashData(bytes), hash.Finish());
    }
}
