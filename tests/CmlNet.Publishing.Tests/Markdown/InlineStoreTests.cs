using CmlNet.Publishing.Assets;
using CmlNet.Publishing.Markdown;
using Microsoft.Extensions.Logging.Abstractions;

namespace CmlNet.Publishing.Tests.Markdown;

/// <summary>Where nothing can be written, a report says in text what its pictures show.</summary>
public sealed class InlineStoreTests : IDisposable
{
    private const string Chart = """<svg xmlns="http://www.w3.org/2000/svg"><title>loss by epoch</title><g data-x="0 10 1 3 0" data-y="10 0 0 1 0"><g data-s="loss"><path fill="none" d="M0 1L5 5L10 7"/></g></g></svg>""";
    private const string Block = "*plot.png in numbers.* loss by epoch\n\n| Series | First | Lowest | Highest | Last | Course |\n| --- | ---: | ---: | ---: | ---: | --- |\n| `loss` | 0.9 | 0.3 | 0.9 | 0.3 | █▃▁ |\n\n```mermaid\nxychart-beta\n    x-axis 1 --> 3\n    line [0.9, 0.5, 0.3]\n```";
    private const string Line = "plot.png in numbers: loss █▃▁ 0.9 to 0.3";

    private readonly TemporaryDirectory _directory = new();

    public InlineStoreTests()
    {
        _directory.Write("plot.png", [0x89, (byte)'P', (byte)'N', (byte)'G', 13, 10, 26, 10]);
        _directory.Write("plot.svg", System.Text.Encoding.UTF8.GetBytes(Chart));
        _directory.Write("photo.png", [0x89, (byte)'P', (byte)'N', (byte)'G', 13, 10, 26, 10, 1]);
    }

    [Theory]
    [InlineData("# A\n\n![x](plot.png)\n\nend\n", "# A\n\n" + Block + "\n\nend\n")]
    [InlineData("<picture>\n<source media=\"(prefers-color-scheme: dark)\" srcset=\"plot.png\">\n<img alt=\"x\" src=\"plot.png\" width=\"720\">\n</picture>\n\nend\n", Block + "\n\nend\n")]
    [InlineData("<img src=\"plot.png\">\n", Block + "\n")]
    [InlineData("text ![x](plot.png) text\n", "text *" + Line + "* text\n")]
    [InlineData("- ![x](plot.png)\n", "- *" + Line + "*\n")]
    [InlineData("| a |\n| --- |\n| ![x](plot.png) |\n", "| a |\n| --- |\n| *" + Line + "* |\n")]
    [InlineData("![x][p]\n\n[p]: plot.png\n", "*" + Line + "*\n\n[p]: plot.png\n")]
    [InlineData("![x](photo.png)\n", "*`photo.png` was not published: this run can write nowhere that readers see*\n")]
    [InlineData("[file](photo.png) ![x](https://example.com/a.png)\n", "[file](photo.png) ![x](https://example.com/a.png)\n")]
    public async Task Link_NothingCanBeWritten_NumbersStandInThePicturesPlace(string report, string expected) => Assert.Equal(expected, await LinkAsync(new InlineStore(), report));

    [Fact]
    public async Task Link_UploadFails_NoteAndNumbersStandInThePicturesPlace() =>
        Assert.Equal(Block.Replace("in numbers", "was not published: the upload failed, see the log", StringComparison.Ordinal) + "\n", await LinkAsync(new RefusingStore(), "![x](plot.png)\n"));

    public void Dispose() => _directory.Dispose();

    private Task<string> LinkAsync(IAssetStore store, string report) =>
        new AssetLinker(store, new AssetFiles { BaseDirectory = _directory.Path, Roots = [_directory.Path] }, NullLogger.Instance).LinkAsync(report);

    private sealed class RefusingStore : IAssetStore
    {
        public string Name => "refusing";

        public Task<string> StoreAsync(Asset asset, CancellationToken cancellationToken = default) => throw new PublishingException("no");
    }
}
