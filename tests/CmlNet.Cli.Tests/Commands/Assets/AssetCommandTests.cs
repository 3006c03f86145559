using CmlNet.Cli.Tests.Compatibility;

namespace CmlNet.Cli.Tests.Commands.Assets;

public sealed class AssetCommandTests
{
    private const string Picture = "assets/4c4b6a3be1314ab8-plot.png";

    [Theory]
    [InlineData(Picture + "\n", "asset", "publish", "plot.png")]
    [InlineData(Picture + "\n", "publish", "plot.png")]
    [InlineData("![](" + Picture + " \"\")\n", "publish", "--md", "plot.png")]
    [InlineData("![](" + Picture + " \"T 1\")\n", "publish", "plot.png", "--md", "-t", "T 1")]
    [InlineData("[](assets/ca978112ca1bbdca-a.txt)\n", "asset", "publish", "a.txt", "--md")]
    [InlineData("[T](assets/ca978112ca1bbdca-a.txt)\n", "asset", "publish", "a.txt", "--md", "--title=T")]
    [InlineData("![](assets/ca978112ca1bbdca-a.txt \"\")\n", "asset", "publish", "a.txt", "--md", "--mimeType=image/png")]
    public async Task Publish_LocalHost_PrintsReferenceOrMarkdown(string expected, params string[] args)
    {
        using DropInRun run = DropInRun.Local();
        run.WritePicture("plot.png");
        run.Write("a.txt", "a");
        Assert.Equal((0, expected), (await run.CmlAsync(args), run.Output));
    }

    [Fact]
    public async Task Publish_ToAFile_AppendsAndPrintsNothing()
    {
        using DropInRun run = DropInRun.Local();
        run.Write("a.txt", "a");
        run.Write("report.md", "one\n");
        Assert.Equal((0, ""), (await run.CmlAsync("publish", "a.txt", "--md", "-f", "report.md"), run.Output));
        Assert.Equal("one\n[](assets/ca978112ca1bbdca-a.txt)\n", run.Read("report.md"));
    }

    [Theory]
    [InlineData("cannot publish 'nope': there is no such file", "nope")]
    [InlineData("cannot publish '.': it is a directory", ".")]
    [InlineData("is not the address of an asset server", "a.txt", "--url=ftp://x")]
    [InlineData("Instead of --native, pass --url", "a.txt", "--native")]
    public async Task Publish_Impossible_SaysWhy(string message, params string[] args)
    {
        using DropInRun run = DropInRun.Local();
        run.Write("a.txt", "a");
        Assert.Equal((1, ""), (await run.CmlAsync(["asset", "publish", .. args]), run.Output));
        Assert.Contains(message, run.Error, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("WRITE ", "asset", "publish", "a.txt")]
    [InlineData("POST https://assets.example/", "asset", "publish", "a.txt", "--assets=server", "--url=https://assets.example/")]
    [InlineData("PUT https://plots.s3.us-east-1.amazonaws.com/x/ca978112ca1bbdcafac231b39a23dc4da786eff8147c4e72b9807785afee48bb.txt\nAuthorization: ***", "publish", "a.txt", "--assets=s3", "--bucket=s3://plots/x")]
    public async Task Publish_DryRun_TellsWhatWouldBeSentAndSendsNothing(string told, params string[] args)
    {
        using DropInRun run = DropInRun.Local();
        (run.Environment["AWS_ACCESS_KEY_ID"], run.Environment["AWS_SECRET_ACCESS_KEY"], run.Environment["CML_ASSET_UPLOAD_TOKEN"]) = ("AKIDEXAMPLE", "secret-access-key", "0123456789abcdef");
        run.Write("a.txt", "a");
        Assert.Equal(0, await run.CmlAsync([.. args, "--dry-run", "--file=out.md"]));
        Assert.StartsWith(told, run.Output, StringComparison.Ordinal);
        Assert.Contains("WRITE " + Path.Combine(run.Directory, "out.md"), run.Output, StringComparison.Ordinal);
        Assert.DoesNotContain("is set, and", run.Error, StringComparison.Ordinal);
        Assert.DoesNotContain("secret-access-key", run.Output + run.Error, StringComparison.Ordinal);
        Assert.Equal(["a.txt"], Directory.GetFileSystemEntries(run.Directory).Select(p => Path.GetFileName(p)));
    }

    [Fact]
    public async Task Publish_DryRunOfAPicture_TellsItsSizeAndNotItsBytes()
    {
        using DropInRun run = DropInRun.Local();
        run.WritePicture("plot.png");
        Assert.Equal(0, await run.CmlAsync("asset", "publish", "plot.png", "--assets=server", "--url=https://assets.example/", "--dry-run"));
        Assert.EndsWith("\n\n(8 bytes)\n\n", run.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Publish_NoStoreAtAll_MarkdownNamesTheLocalFileAndAUrlIsRefused()
    {
        using var run = new DropInRun();
        run.WritePicture("my plot.png");
        Assert.Equal((0, "![](<my plot.png> \"\")\n"), (await run.CmlAsync("publish", "my plot.png", "--md"), run.Output));
        Assert.Equal((1, ""), (await run.CmlAsync("publish", "my plot.png"), run.Output));
        Assert.Contains("CML_ASSET_URL", run.Error, StringComparison.Ordinal);
    }
}
