using System.Runtime.CompilerServices;
using System.Text;
using CmlNet.Publishing.Assets;
using CmlNet.Publishing.Markdown;
using Microsoft.Extensions.Logging.Abstractions;

namespace CmlNet.Publishing.Tests.Markdown;

/// <summary>Whole reports, before and after.</summary>
public sealed class AssetLinkerGoldenTests
{
    [Theory]
    [InlineData("everything", "linked")]
    [InlineData("everything", "refused")]
    [InlineData("everything", "storeless")]
    [InlineData("crlf", "linked")]
    [InlineData("crlf", "refused")]
    public async Task Link_Report_MatchesTheGolden(string name, string variant)
    {
        using var directory = new TemporaryDirectory();
        byte[] png = [0x89, (byte)'P', (byte)'N', (byte)'G', 1];
        directory.Write("report/plot.png", png);
        directory.Write("report/with space.png", [.. png, 2]);
        directory.Write("report/data/metrics.csv", Encoding.UTF8.GetBytes("a,b\n1,2\n"));
        directory.Write("report/data/café.png", [.. png, 3]);
        directory.Write("outside.png", png);
        var store = new MemoryAssetStore();
        if (variant == "refused")
            store.Refused.UnionWith(["plot.png", "metrics.csv"]);
        string root = Path.Combine(directory.Path, "report");
        var linker = new AssetLinker(variant == "storeless" ? null : store, new AssetFiles { BaseDirectory = root, Roots = [root] }, NullLogger.Instance);

        string linked = await linker.LinkAsync(await File.ReadAllTextAsync(Golden(name + ".md")));

        string expected = Golden($"{name}.{variant}.md");
        if (Environment.GetEnvironmentVariable("CML_UPDATE_GOLDENS") == "1")
            await File.WriteAllTextAsync(expected, linked);
        Assert.Equal(await File.ReadAllTextAsync(expected), linked);
        Assert.Equal(store.Stored.Count, store.Stored.Select(a => a.FileName).Distinct(StringComparer.Ordinal).Count());
    }

    private static string Golden(string name, [CallerFilePath] string here = "") => Path.Combine(Path.GetDirectoryName(here)!, "Golden", name);
}
