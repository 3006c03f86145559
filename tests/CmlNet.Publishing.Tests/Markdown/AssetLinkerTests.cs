using CmlNet.Publishing.Assets;
using CmlNet.Publishing.Markdown;

namespace CmlNet.Publishing.Tests.Markdown;

public sealed class AssetLinkerTests : IDisposable
{
    private readonly TemporaryDirectory _directory = new();
    private readonly MemoryAssetStore _store = new();
    private readonly LogLines _log = new();

    public void Dispose() => _directory.Dispose();

    [Fact]
    public async Task Link_SamePictureUnderSeveralNames_IsStoredOnce()
    {
        foreach (string name in (string[])["a.png", "b.png"])
            _directory.Write(name, [0x89, (byte)'P', (byte)'N', (byte)'G']);
        File.CreateSymbolicLink(Path.Combine(_directory.Path, "c.png"), "a.png");
        Assert.Equal(
            "![a](https://assets.example/a.png) ![b](https://assets.example/a.png) ![c](https://assets.example/a.png)",
            await Linker().LinkAsync("![a](a.png) ![b](b.png) ![c](c.png)"));
        Assert.Single(_store.Stored);
    }

    [Fact]
    public async Task Link_SameDataUnderTwoNames_KeepsBothNames()
    {
        foreach (string name in (string[])["a.csv", "b.csv"])
            _directory.Write(name, "x,y\n"u8.ToArray());
        Assert.Equal("[a](https://assets.example/a.csv) [b](https://assets.example/b.csv)", await Linker().LinkAsync("[a](a.csv) [b](b.csv)"));
    }

    [Fact]
    public async Task Link_SecondReport_UsesWhatTheFirstStored()
    {
        _directory.Write("a.png", [0x89, (byte)'P', (byte)'N', (byte)'G']);
        AssetLinker linker = Linker();
        Assert.Equal(await linker.LinkAsync("![a](a.png)"), await linker.LinkAsync("![a](a.png)"));
        Assert.Single(_store.Stored);
    }

    [Theory]
    [InlineData(">", "x")]
    [InlineData("[", "\n")]
    [InlineData("![", "\n")]
    [InlineData("*a **b ", "")]
    public async Task Link_NestedTooDeeply_IsLeftAsItIsWithAWarning(string opening, string rest)
    {
        _directory.Write("a.png", [0x89, (byte)'P', (byte)'N', (byte)'G']);
        string report = string.Concat(Enumerable.Repeat(opening, 30_000)) + rest + "\n\n![a](a.png)\n";
        Assert.Equal(report, await Linker().LinkAsync(report));
        Assert.Contains("nested too deeply", Assert.Single(_log.Warnings), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Link_PictureThatIsNotThere_IsWarnedOf()
    {
        const string report = "![a](no.png) [a](docs/) ![b](https://example.com/b.png)";
        Assert.Equal(report, await Linker().LinkAsync(report));
        Assert.Equal("the report shows the picture 'no.png', and there is no such file", Assert.Single(_log.Warnings));
    }

    private AssetLinker Linker() => new(_store, new AssetFiles { BaseDirectory = _directory.Path, Roots = [_directory.Path] }, _log);
}
