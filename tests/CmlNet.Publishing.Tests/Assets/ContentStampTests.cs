using CmlNet.Publishing.Assets;
using FsCheck;
using FsCheck.Fluent;

namespace CmlNet.Publishing.Tests.Assets;

public sealed class ContentStampTests
{
    [Fact]
    public void Of_EveryByteAndLength_TellsThemApart()
    {
        byte[] content = [.. Enumerable.Range(0, 70).Select(i => (byte)(i * 7))];
        var stamps = new HashSet<Guid>();
        for (int length = 0; length <= content.Length; length++)
            Assert.True(stamps.Add(ContentStamp.Of(content.AsSpan(0, length))));
        for (int i = 0; i < content.Length; i++)
        {
            byte[] other = [.. content];
            other[i] ^= 1;
            Assert.True(stamps.Add(ContentStamp.Of(other)));
        }
    }

    [Fact]
    public void Of_ZerosOfAnyLength_TellsThemApart() =>
        Assert.Equal(200, Enumerable.Range(0, 200).Select(length => ContentStamp.Of(new byte[length])).Distinct().Count());

    [Fact]
    public void Of_AnyBytes_IsTheSameEachTimeAndAUuidOfVersionFour() => Prop.ForAll<byte[]>(content =>
    {
        Guid stamp = ContentStamp.Of(content);
        Assert.Equal(stamp, ContentStamp.Of([.. content]));
        Assert.Equal(4, stamp.Version);
    }).QuickCheckThrowOnFailure();
}
