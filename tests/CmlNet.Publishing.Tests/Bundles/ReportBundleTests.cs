using System.Text.Json.Nodes;
using CmlNet.Publishing.Assets;
using CmlNet.Publishing.Bundles;
using FsCheck;
using FsCheck.Fluent;
using Microsoft.Extensions.Logging.Abstractions;

namespace CmlNet.Publishing.Tests.Bundles;

public sealed class ReportBundleTests : IDisposable
{
    private const string Sha = Scene.Head;
    private static readonly byte[] Png = [0x89, (byte)'P', (byte)'N', (byte)'G', 13, 10, 26, 10, 1];

    private readonly TemporaryDirectory _directory = new();

    private string Bundle => Path.Combine(_directory.Path, "cml-report");

    public void Dispose() => _directory.Dispose();

    [Fact]
    public async Task Read_WhatWasWritten_IsTheReportWithItsFiles()
    {
        await WriteAsync();
        ReportBundle bundle = ReportBundle.Read(Bundle);
        Assert.Equal(Sha, bundle.Sha);
        string asset = Assert.Single(Directory.EnumerateFiles(Path.Combine(Bundle, "assets")).Select(f => "assets/" + Path.GetFileName(f)));
        Assert.Equal($"# Report\n\n![a]({asset})\n", bundle.Markdown);
        Assert.Equal(Png, bundle.Files.ReadNamed(asset, out _));
        bundle.Files.ReadNamed("manifest.json", out string? refusal);
        Assert.NotNull(refusal);
    }

    [Fact]
    public async Task Write_OverAnOldBundle_ReplacesItAndNothingElse()
    {
        await WriteAsync();
        await ReportBundle.WriteAsync(Bundle, [("# Report\n\n![a](plot.png)\n", Files())], Sha, NullLogger.Instance, isUpdate: true);
        Assert.Equal(3, Directory.EnumerateFiles(Bundle, "*", SearchOption.AllDirectories).Count());
        string other = Path.Combine(_directory.Path, "mine");
        _directory.Write("mine/thesis.txt", [1]);
        await Assert.ThrowsAsync<PublishingException>(() => ReportBundle.WriteAsync(other, [("x", new AssetFiles { BaseDirectory = other })], Sha, NullLogger.Instance));
        Assert.True(File.Exists(Path.Combine(other, "thesis.txt")));
    }

    [Theory]
    [InlineData("""{"name":"my app","icons":[],"version":1}""")]
    [InlineData("""{"version":1,"sha":"SHA","files":[{"path":"index.html"}]}""")]
    [InlineData("not json")]
    public async Task Write_WhereAnotherManifestIs_DeletesNothing(string manifest)
    {
        _directory.WriteText("web/manifest.json", manifest);
        _directory.WriteText("web/assets/app.js", "1");
        string web = Path.Combine(_directory.Path, "web");
        PublishingException e = await Assert.ThrowsAsync<PublishingException>(() => ReportBundle.WriteAsync(web, [("x", Files())], Sha, NullLogger.Instance));
        Assert.Contains("pass another --bundle", e.Message, StringComparison.Ordinal);
        Assert.Equal((true, true), (File.Exists(Path.Combine(web, "manifest.json")), File.Exists(Path.Combine(web, "assets", "app.js"))));
    }

    [Theory]
    [InlineData("b", true, "x y")]
    [InlineData("a", false, "x y")]
    [InlineData("a", true, "y")]
    public async Task Write_AnotherReportOfTheSameRun_IsKeptBesideTheFirst(string label, bool isUpdate, string expected)
    {
        _directory.Write("plot.png", Png);
        await ReportBundle.WriteAsync(Bundle, [("x", Files())], Sha, NullLogger.Instance, "a");
        await ReportBundle.WriteAsync(Bundle, [("y![](plot.png)", Files())], Sha, NullLogger.Instance, label, isUpdate);
        IReadOnlyList<ReportBundle> all = ReportBundle.ReadAll(Bundle);
        Assert.Equal(expected, string.Join(' ', all.Select(b => b.Markdown[..1])));
        string picture = all[^1].Markdown[5..^1];
        Assert.Equal(Png, all[^1].Files.ReadNamed(picture, out _));
        // Another run's go away together.
        await ReportBundle.WriteAsync(Bundle, [("z", Files())], new string('2', 40), NullLogger.Instance, label);
        Assert.Equal(["z"], ReportBundle.ReadAll(Bundle).Select(b => b.Markdown));
    }

    [Fact]
    public async Task Write_TenReportsOfOneRun_AreEnough()
    {
        for (int i = 0; i < 10; i++)
            await WriteAsync();
        PublishingException e = await Assert.ThrowsAsync<PublishingException>(WriteAsync);
        Assert.Contains("holds 10 reports", e.Message, StringComparison.Ordinal);
        Assert.Equal(10, ReportBundle.ReadAll(Bundle).Count);
    }

    [Fact]
    public async Task ReadAll_FurtherReportOfAnotherCommitOrElsewhere_IsRefused()
    {
        await WriteAsync();
        string other = Path.Combine(_directory.Path, "other");
        await ReportBundle.WriteAsync(other, [("x", Files())], new string('2', 40), NullLogger.Instance);
        string further = Path.Combine(Bundle, "more-2");
        File.CreateSymbolicLink(further, other);
        Assert.Contains("outside", Assert.Throws<PublishingException>(() => ReportBundle.ReadAll(Bundle)).Message, StringComparison.Ordinal);
        File.Delete(further);
        Directory.Move(other, further);
        Assert.Contains("different commits", Assert.Throws<PublishingException>(() => ReportBundle.ReadAll(Bundle)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Write_ReportTooLong_IsCutToWhatTheReaderTakes()
    {
        var log = new LogLines();
        await ReportBundle.WriteAsync(Bundle, [(string.Concat(Enumerable.Range(0, 1200).Select(i => $"## {i}\n\n{new string('x', 1000)}\n\n")), Files())], Sha, log);
        string markdown = ReportBundle.Read(Bundle).Markdown;
        Assert.InRange(markdown.Length, 900_000, 1024 * 1024);
        Assert.StartsWith("## 0\n", markdown, StringComparison.Ordinal);
        Assert.EndsWith("is left out: it is longer than may be handed on._\n", markdown, StringComparison.Ordinal);
        Assert.Contains("its end is left out", Assert.Single(log.Warnings), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Write_MoreImagesThanTheReaderTakes_SaysSoAndLeavesNoBundle()
    {
        for (int i = 0; i < 500; i++)
            _directory.Write($"{i}.png", [.. Png, (byte)i, (byte)(i >> 8)]);
        PublishingException e = await Assert.ThrowsAsync<PublishingException>(() => ReportBundle.WriteAsync(Bundle, [(string.Concat(Enumerable.Range(0, 500).Select(i => $"![a]({i}.png)\n")), Files())], Sha, NullLogger.Instance));
        Assert.Contains("more than 500 files", e.Message, StringComparison.Ordinal);
        await WriteAsync();
        Assert.Equal(Sha, ReportBundle.Read(Bundle).Sha);
    }

    public static TheoryData<string, Action<JsonObject>> Forgeries { get; } = new()
    {
        { "version", m => m["version"] = 2 },
        { "sha", m => m["sha"] = "main" },
        { "sha", m => m["sha"] = null },
        { "no bundle has", m => Add(m, "../secret", 1, "00") },
        { "no bundle has", m => Add(m, "/etc/passwd", 1, "00") },
        { "no bundle has", m => Add(m, "assets/x.png", 1, "00") },
        { "no bundle has", m => Add(m, "report.md", 1, "00") },
        { "no bundle has", m => m["files"]!.AsArray().Add(null) },
        { "there is no such file", m => Add(m, "assets/0123456789abcdef-gone.png", 1, "00") },
        { "is not what", m => m["files"]![0]!["size"] = 1 },
        { "is not what", m => m["files"]![0]!["sha256"] = new string('0', 64) },
        { "bytes", m => m["files"]![0]!["size"] = -1 },
        { "bytes", m => m["files"]![0]!["size"] = long.MaxValue },
        { "has no report.md", m => m["files"]!.AsArray().RemoveAt(0) },
        { "files", m => m["files"] = new JsonArray([.. Enumerable.Range(0, 501).Select(i => new JsonObject { ["path"] = $"assets/{i:x16}-a.png", ["size"] = 1, ["sha256"] = "00" })]) },
        { "not a report bundle", m => m["files"] = "many" },
    };

    [Theory]
    [MemberData(nameof(Forgeries))]
    public async Task Read_ForgedManifest_IsRefused(string reason, Action<JsonObject> forge)
    {
        await WriteAsync();
        string path = Path.Combine(Bundle, "manifest.json");
        JsonObject manifest = JsonNode.Parse(await File.ReadAllTextAsync(path))!.AsObject();
        forge(manifest);
        await File.WriteAllTextAsync(path, manifest.ToJsonString());
        PublishingException e = Assert.Throws<PublishingException>(() => ReportBundle.Read(Bundle));
        Assert.Contains(reason, e.Message, StringComparison.Ordinal);
        Assert.EndsWith("Nothing was posted.", e.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Read_FileThatLeadsOut_IsRefused()
    {
        await WriteAsync();
        string asset = Directory.EnumerateFiles(Path.Combine(Bundle, "assets")).Single();
        _directory.Write("outside.png", Png);
        File.Delete(asset);
        File.CreateSymbolicLink(asset, Path.Combine(_directory.Path, "outside.png"));
        Assert.Contains("outside", Assert.Throws<PublishingException>(() => ReportBundle.Read(Bundle)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Read_RunnableFile_IsNotPublished()
    {
        string html = _directory.Write("page.html", "<html><script>1</script></html>"u8.ToArray());
        await ReportBundle.WriteAsync(Bundle, [($"[p]({Path.GetFileName(html)})", Files())], Sha, NullLogger.Instance);
        ReportBundle bundle = ReportBundle.Read(Bundle);
        bundle.Files.ReadNamed("assets/" + Path.GetFileName(Directory.EnumerateFiles(Path.Combine(Bundle, "assets")).Single()), out string? refusal);
        Assert.Contains("could be run", refusal, StringComparison.Ordinal);
    }

    /// <summary>Whatever bytes are changed in a bundle, the reader takes it or refuses it, and never takes other content than was written.</summary>
    [Fact]
    public async Task Read_BytesChangedAtRandom_NeverYieldsWhatWasNotWritten()
    {
        await WriteAsync();
        string[] paths = [.. Directory.EnumerateFiles(Bundle, "*", SearchOption.AllDirectories).Order(StringComparer.Ordinal)];
        byte[][] originals = [.. paths.Select(File.ReadAllBytes)];
        string report = ReportBundle.Read(Bundle).Markdown;
        Gen<(int File, int At, byte Value, int Cut)> changes =
            from file in Gen.Choose(0, paths.Length - 1)
            from at in Gen.Choose(0, 2000)
            from value in Gen.Choose(0, 255)
            from cut in Gen.Choose(-3, 3)
            select (file, at, (byte)value, cut);
        Prop.ForAll(changes.ListOf().ToArbitrary(), list =>
        {
            for (int i = 0; i < paths.Length; i++)
                File.WriteAllBytes(paths[i], originals[i]);
            foreach ((int file, int at, byte value, int cut) in list)
            {
                byte[] bytes = File.ReadAllBytes(paths[file]);
                if (bytes.Length > 0)
                    bytes[at % bytes.Length] = value;
                File.WriteAllBytes(paths[file], cut < 0 && bytes.Length > -cut ? bytes[..^-cut] : cut > 0 ? [.. bytes, .. bytes[..Math.Min(cut, bytes.Length)]] : bytes);
            }

            try
            {
                ReportBundle bundle = ReportBundle.Read(Bundle);
                Assert.Equal(report, bundle.Markdown);
                foreach (string asset in bundle.Files.Only!)
                    Assert.Equal(Png, bundle.Files.ReadNamed(asset, out _));
            }
            catch (PublishingException e)
            {
                Assert.Contains("cannot be trusted", e.Message.Replace("can be trusted", "cannot be trusted", StringComparison.Ordinal), StringComparison.Ordinal);
            }
        }).QuickCheckThrowOnFailure();
    }

    private static void Add(JsonObject manifest, string path, long size, string hash) => manifest["files"]!.AsArray().Add(new JsonObject { ["path"] = path, ["size"] = size, ["sha256"] = hash });

    private async Task WriteAsync()
    {
        _directory.Write("plot.png", Png);
        await ReportBundle.WriteAsync(Bundle, [("# Report\n\n![a](plot.png)\n", Files())], Sha, NullLogger.Instance);
    }

    private AssetFiles Files() => new() { BaseDirectory = _directory.Path, Roots = [_directory.Path] };
}
