using CmlNet.Reports.Html.RunPage;

namespace CmlNet.Reports.Tests.Html.RunPage;

public sealed class DirectoryRunAssetsTests : IDisposable
{
    private readonly string _base = Directory.CreateTempSubdirectory("cml-assets-").FullName;
    private readonly string _run;

    public DirectoryRunAssetsTests()
    {
        _run = Path.Combine(_base, "run");
        Directory.CreateDirectory(Path.Combine(_run, "assets"));
        File.WriteAllText(Path.Combine(_run, "assets", "a b.svg"), "<svg/>");
        File.WriteAllText(Path.Combine(_base, "secret"), "secret");
    }

    public void Dispose() => Directory.Delete(_base, recursive: true);

    [Theory]
    [InlineData("assets/a b.svg")]
    [InlineData("assets/a%20b.svg")]
    [InlineData("./assets/a b.svg?sanitize=true#x")]
    [InlineData("../assets/a b.svg")]
    [InlineData("a b.svg")]
    public void Find_ReferenceIntoTheRun_ReadsTheFile(string reference)
    {
        var asset = new DirectoryRunAssets(_run).Find(reference);
        Assert.Equal("assets/a b.svg", asset?.RelativePath);
        Assert.Equal("<svg/>"u8.ToArray(), asset?.Content);
    }

    [Fact]
    public void Find_FileAddress_ReadsTheFile() =>
        Assert.NotNull(new DirectoryRunAssets(_run).Find(new Uri(Path.Combine(_run, "assets", "a b.svg")).AbsoluteUri));

    [Theory]
    [InlineData("../secret")]
    [InlineData("..%2Fsecret")]
    [InlineData("assets/../../secret")]
    [InlineData("/etc/passwd")]
    [InlineData("file:///etc/passwd")]
    [InlineData("file://host/share/x")]
    [InlineData("https://example.com/a.svg")]
    [InlineData("assets")]
    [InlineData("")]
    [InlineData("%00")]
    [InlineData("nothing.svg")]
    public void Find_AnythingElse_IsNotFound(string reference) => Assert.Null(new DirectoryRunAssets(_run).Find(reference));

    [Fact]
    public void Find_LinkOutOfTheRun_IsNotFound()
    {
        File.CreateSymbolicLink(Path.Combine(_run, "assets", "link.svg"), Path.Combine(_base, "secret"));
        Directory.CreateSymbolicLink(Path.Combine(_run, "up"), _base);
        var assets = new DirectoryRunAssets(_run);
        Assert.Null(assets.Find("assets/link.svg"));
        Assert.Null(assets.Find("up/secret"));
    }

    [Fact]
    public void Find_TooLarge_HasNoContent()
    {
        using (var file = File.Create(Path.Combine(_run, "assets", "big.png")))
            file.SetLength(DirectoryRunAssets.MaximumInlineBytes + 1);
        Assert.Equal(new RunAsset("assets/big.png", Content: null), new DirectoryRunAssets(_run).Find("assets/big.png"));
    }
}
