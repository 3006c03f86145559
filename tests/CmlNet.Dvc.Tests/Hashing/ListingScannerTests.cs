using System.Text;
using CmlNet.Dvc.Hashing;

namespace CmlNet.Dvc.Tests.Hashing;

public sealed class ListingScannerTests
{
    private const string Hash = "d41d8cd98f00b204e9800998ecf8427e";

    [Fact]
    public void Read_AsDvcWritesIt_IsReadWithoutTheJsonReader()
    {
        var listing = DirectoryListing.Of([KeyValuePair.Create("b/c d.txt", Hash), KeyValuePair.Create("a", Hash)]);
        Assert.Equal([("a", Hash), ("b/c d.txt", Hash)], ListingScanner.Read(listing.Serialize()));
        Assert.Equal([], ListingScanner.Read("[]"u8)!); // no files are a list, too
    }

    [Theory]
    [InlineData("""[{"md5": "d41d8cd98f00b204e9800998ecf8427e", "relpath": "\u00e1"}]""")]
    [InlineData("""[{"md5": "d41d8cd98f00b204e9800998ecf8427e", "relpath": "a\"b"}]""")]
    [InlineData("""[{"md5": "d41d8cd98f00b204e9800998ecf8427e", "relpath": "a", "size": 3}]""")]
    [InlineData("""[{"relpath": "a", "md5": "d41d8cd98f00b204e9800998ecf8427e"}]""")]
    [InlineData("""[ {"md5": "d41d8cd98f00b204e9800998ecf8427e", "relpath": "a"} ]""")]
    public void Read_OtherForms_AreLeftToTheJsonReaderWhichReadsThem(string text)
    {
        Assert.Null(ListingScanner.Read(Encoding.UTF8.GetBytes(text)));
        Assert.Single(DirectoryListing.Parse(Encoding.UTF8.GetBytes(text), "x.dir").Files);
    }

    [Theory]
    [InlineData("")]
    [InlineData("[")]
    [InlineData("""[{"md5": "d41d8cd98f00b204e9800998ecf8427e", "relpath": "a"]""")]
    [InlineData("""[{"md5": "d41d8cd98f00b204e9800998ecf8427e", "relpath": "a"},]""")]
    [InlineData("""[{"md5": "d41d8""")]
    public void Read_CutShort_IsNotRead(string text) => Assert.Null(ListingScanner.Read(Encoding.UTF8.GetBytes(text)));
}
