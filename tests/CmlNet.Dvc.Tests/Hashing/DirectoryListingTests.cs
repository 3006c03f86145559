using System.Text;
using CmlNet.Dvc.Hashing;
using CmlNet.Dvc.Project;

namespace CmlNet.Dvc.Tests.Hashing;

public sealed class DirectoryListingTests
{
    public static TheoryData<string[], string> Golden => new()
    {
        { [], "d751713988987e9331980363e24189ce.dir" },
        { ["á=x"], "d7e74e7972c424ecf3807f49629562e2.dir" },
        { ["😀.txt=x", "\uffee.txt=y"], "d167ac661dcdbc548321f8880ee5047f.dir" },
    };

    [Theory]
    [MemberData(nameof(Golden))]
    public void Serialize_KnownListings_HaveDvcsHash(string[] files, string expected)
    {
        var listing = DirectoryListing.Of(files.Select(file => file.Split('=')).Select(parts => KeyValuePair.Create(parts[0], FileHash.Compute(Encoding.UTF8.GetBytes(parts[1])))));
        Assert.Equal(expected, DirectoryListing.IdOf(listing.Serialize(), isLegacy: false).Value);
    }

    [Theory]
    [InlineData("../x")]
    [InlineData("/x")]
    [InlineData("a/../../x")]
    [InlineData("")]
    [InlineData("a//b")]
    [InlineData("a\\u0000b")]
    public void Parse_PathOutOfTheFolder_IsRefused(string path)
        => Assert.Throws<DvcException>(() => DirectoryListing.Parse(Encoding.UTF8.GetBytes($"[{{\"md5\": \"acbd18db4cc2f85cedef654fccc4a4d8\", \"relpath\": \"{path}\"}}]"), "x.dir"));

    [Fact]
    public void Parse_OlderKeys_ArePassedOver()
    {
        var listing = DirectoryListing.Parse("[{\"md5\": \"acbd18db4cc2f85cedef654fccc4a4d8\", \"size\": 3, \"isexec\": true, \"relpath\": \"b/\\u00e1\"}]"u8, "x.dir");
        Assert.Equal(KeyValuePair.Create("b/á", "acbd18db4cc2f85cedef654fccc4a4d8"), Assert.Single(listing.Files));
    }

    [Theory]
    [InlineData("""[{"md5": "acbd18db4cc2f85cedef654fccc4a4d8", "relpath": "a"}, {"md5": "37b51d194a7513e45b56f6524f2d51f2", "relpath": "a"}]""")]
    [InlineData("""[{"md5":"acbd18db4cc2f85cedef654fccc4a4d8","relpath":"a"},{"md5":"37b51d194a7513e45b56f6524f2d51f2","relpath":"a"}]""")]
    public void Parse_SameNameTwice_IsRefused(string content) =>
        Assert.Contains("twice", Assert.Throws<DvcException>(() => DirectoryListing.Parse(Encoding.UTF8.GetBytes(content), "x.dir")).Message, StringComparison.Ordinal);
}
