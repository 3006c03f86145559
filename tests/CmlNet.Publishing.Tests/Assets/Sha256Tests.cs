using System.Security.Cryptography;
using CmlNet.Publishing.Assets;
using FsCheck;
using FsCheck.Fluent;

namespace CmlNet.Publishing.Tests.Assets;

public sealed class Sha256Tests
{
    [Fact]
    public void Hex_EveryLengthAroundABlock_AgreesWithTheSystem()
    {
        byte[] content = [.. Enumerable.Range(0, 300).Select(i => (byte)(i * 7))];
        for (int length = 0; length <= content.Length; length++)
            Assert.Equal(Convert.ToHexStringLower(SHA256.HashData(content.AsSpan(0, length))), Sha256.Hex(content.AsSpan(0, length)));
    }

    [Fact]
    public void Hex_ManyBytes_AgreesWithTheSystem()
    {
        byte[] content = new byte[300_001];
        new Random(3).NextBytes(content);
        Assert.Equal(Convert.ToHexStringLower(SHA256.HashData(content)), Sha256.Hex(content));
    }

    [Fact]
    public void Hex_AnyBytes_AgreesWithTheSystem() =>
        Prop.ForAll<byte[]>(content => Sha256.Hex(content) == Convert.ToHexStringLower(SHA256.HashData(content))).QuickCheckThrowOnFailure();
}
