using System.Text;
using CmlNet.Publishing.Assets;
using CmlNet.Publishing.Markdown;
using FsCheck;
using FsCheck.Fluent;
using Microsoft.Extensions.Logging.Abstractions;

namespace CmlNet.Publishing.Tests.Markdown;

public sealed class AssetLinkerPropertyTests
{
    private static readonly string[] Pieces =
    [
        "# ", "text", " ", "\n", "\r\n", "\n\n", "> ", "- ", "1. ", "    ", "\t", "`", "```\n", "~~~\n", "|", "\n|---|---|\n", "*", "_", "**", "~~", "[", "]", "(", ")", "![", "](", "<", ">", "\\",
        "&amp;", "&copy;", "$x_i$", "[^1]", "[^1]: note\n", "[r]", "\n[r]: ", "\"title\"", "<details>\n", "</details>\n", "<!-- ", " -->", "<p>", "<img src=\"", "\">", "<img alt='", "' src=", "é", "😀", "\0",
        "https://example.com/a_b.png", "#anchor", "mailto:a@b.c", "![alt](https://example.com/x.png)", "[l](#x 'y')",
    ];

    private static readonly string[] Links =
    [
        "![a](plot.png)", "[a](plot.png)", "![a](<plot.png> \"t\")", "[![n](plot.png)](plot.png)", "\n\n[r]: plot.png\n\n", "<img src=\"plot.png\">", "<img alt=x src='plot.png'/>",
        "\n<picture>\n<source srcset=\"plot.png 2x\">\n<img src=plot.png>\n</picture>\n", "\n\n| a |\n|---|\n| ![c](plot.png) |\n\n", "\n> ![q](plot.png)\n",
    ];

    [Fact]
    public void Link_NoLocalFiles_KeepsEveryCharacter()
    {
        var linker = new AssetLinker(new MemoryAssetStore(), new AssetFiles { BaseDirectory = "/nonexistent", Roots = ["/nonexistent"] }, NullLogger.Instance);
        Gen<string> reports = Gen.Elements(Pieces).ListOf().Select(string.Concat);
        Prop.ForAll(reports.ToArbitrary(), async report => Assert.Equal(report, await linker.LinkAsync(report))).QuickCheckThrowOnFailure();
    }

    [Fact]
    public void Link_AnyText_KeepsEveryCharacter()
    {
        var linker = new AssetLinker(new MemoryAssetStore(), new AssetFiles { BaseDirectory = "/nonexistent", Roots = ["/nonexistent"] }, NullLogger.Instance);
        Prop.ForAll<NonNull<string>>(async report => Assert.Equal(report.Get, await linker.LinkAsync(report.Get))).QuickCheckThrowOnFailure();
    }

    /// <summary>The new address is one the old name can be put back for: what is left is the report as it was.</summary>
    [Fact]
    public void Link_LocalFiles_ChangesTheTargetsOnly()
    {
        using var directory = new TemporaryDirectory();
        directory.Write("plot.png", [0x89, (byte)'P', (byte)'N', (byte)'G']);
        const string address = "https://assets.example/0123456789";
        var store = new MemoryAssetStore { Reference = static _ => address };
        var linker = new AssetLinker(store, new AssetFiles { BaseDirectory = directory.Path, Roots = [directory.Path] }, NullLogger.Instance);
        Gen<string> reports = Gen.Frequency((3, Gen.Elements(Pieces)), (1, Gen.Elements(Links))).ListOf().Select(string.Concat);
        Prop.ForAll(reports.ToArbitrary(), async report =>
        {
            string linked = await linker.LinkAsync(report);
            Assert.Equal(report, linked.Replace(address, "plot.png", StringComparison.Ordinal));
        }).QuickCheckThrowOnFailure();
    }

    [Fact]
    public void Link_PlainLinksBetweenParagraphs_FindsEveryOne()
    {
        using var directory = new TemporaryDirectory();
        directory.Write("plot.png", [0x89, (byte)'P', (byte)'N', (byte)'G']);
        var linker = new AssetLinker(new MemoryAssetStore { Reference = static _ => "X" }, new AssetFiles { BaseDirectory = directory.Path, Roots = [directory.Path] }, NullLogger.Instance);
        Gen<string> reports = Gen.Elements(Links.Append("text").ToArray()).ListOf().Select(parts => string.Join("\n\n", parts));
        Prop.ForAll(reports.ToArbitrary(), async report => Assert.DoesNotContain("plot.png", await linker.LinkAsync(report), StringComparison.Ordinal)).QuickCheckThrowOnFailure();
    }

    [Theory]
    [InlineData("x) ![evil](http://e.example/a.png", "https://a.example/x)%20![evil](http://e.example/a.png")]
    public async Task Link_StoreAnswersSomethingThatEndsTheLink_IsEscaped(string tail, string unsafeAddress)
    {
        using var directory = new TemporaryDirectory();
        directory.Write("plot.png", [0x89, (byte)'P', (byte)'N', (byte)'G']);
        var linker = new AssetLinker(new MemoryAssetStore { Reference = _ => unsafeAddress }, new AssetFiles { BaseDirectory = directory.Path, Roots = [directory.Path] }, NullLogger.Instance);
        string linked = await linker.LinkAsync("![a](plot.png) <img src=\"plot.png\">");
        Assert.DoesNotContain(tail[..2], linked.Replace("png)", "", StringComparison.Ordinal), StringComparison.Ordinal);
        Assert.Equal(Encoding.UTF8.GetByteCount(linked), linked.Length);
    }
}
