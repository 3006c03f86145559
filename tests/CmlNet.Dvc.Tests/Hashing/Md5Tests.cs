using System.Security.Cryptography;
using CmlNet.Dvc.Hashing;

#pragma warning disable CA5351 // MD5 is what is tested.
namespace CmlNet.Dvc.Tests.Hashing;

public sealed class Md5Tests
{
    [Fact]
    public void Hash_EveryLengthAroundTheBlocks_IsThePlatforms()
    {
        byte[] content = new byte[1000], digest = new byte[Md5.Size];
        new Random(1).NextBytes(content);
        for (int length = 0; length <= content.Length; length++)
        {
            Md5.Hash(content.AsSpan(0, length), digest);
            Assert.Equal(MD5.HashData(content.AsSpan(0, length)), digest);
        }
    }
}
