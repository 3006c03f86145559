using System.Diagnostics;
using System.Text;
using CmlNet.Publishing.Assets;
using CmlNet.Publishing.Markdown;
using Microsoft.Extensions.Logging;

namespace CmlNet.Publishing.Tests.Assets;

/// <summary>A report names files; these it must not get.</summary>
public sealed class HostileFileTests : IDisposable
{
    private readonly TemporaryDirectory _directory = new();
    private readonly MemoryAssetStore _store = new();
    private readonly LinesLogger _log = new();

    [Theory]
    [InlineData("/etc/hostname", "outside the repository")]
    [InlineData("../outside.txt", "outside the repository")]
    [InlineData("link-to-etc", "outside the repository")]
    [InlineData("linked-directory/hostname", "outside the repository")]
    [InlineData("sub", "it is a directory")]
    [InlineData("sub/", "it is a directory")]
    [InlineData(".", "it is a directory")]
    [InlineData("pipe", "it is not a regular file")]
    [InlineData("/dev/zero", "it is not a regular file")]
    [InlineData("huge.bin", "the limit is 1000")]
    [InlineData(".git/config", "it is git's own")]
    [InlineData("vendor/library/.git/config", "it is git's own")]
    [InlineData("link-to-git", "it is git's own")]
    [InlineData(".dvc/config.local", "it is of this machine only")]
    public async Task Link_FileThatMayNotLeave_StaysAndIsLogged(string reference, string reason)
    {
        string report = $"[x]({reference})";
        Assert.Equal(report, await LinkAsync(report));
        Assert.Empty(_store.Stored);
        Assert.Contains(reason, Assert.Single(_log.Lines), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Link_RefusedImage_BecomesANote()
    {
        Assert.Equal("a *`/etc/hostname` was not published: it may not be published, see the log* b", await LinkAsync("a ![x](/etc/hostname) b"));
    }

    [Theory]
    [InlineData("inner-link.png")]
    [InlineData("sub/../good.png")]
    [InlineData("./sub/deep.png")]
    [InlineData(".github/logo.png")]
    public async Task Link_FileInside_IsPublished(string reference)
    {
        Assert.StartsWith("![x](https://assets.example/", await LinkAsync($"![x]({reference})"), StringComparison.Ordinal);
        Assert.Single(_store.Stored);
    }

    [Fact]
    public async Task Link_SiblingWithTheRootsNameAsPrefix_IsRefused()
    {
        _directory.Write("report-secret/x.png", [1]);
        Assert.Equal("[x](../report-secret/x.png)", await LinkAsync("[x](../report-secret/x.png)"));
    }

    [Fact]
    public async Task Link_UnreadableName_IsLeftAlone()
    {
        string report = "[x](%00) [y](" + new string('a', 5000) + ")";
        Assert.Equal(report, await LinkAsync(report));
    }

    [Fact]
    public async Task Link_SameFileManyTimes_IsStoredOnce()
    {
        string linked = await LinkAsync(string.Concat(Enumerable.Repeat("![x](good.png) ![y](./good.png) ", 50)));
        Assert.Single(_store.Stored);
        Assert.DoesNotContain("(good.png)", linked, StringComparison.Ordinal);
    }

    public void Dispose() => _directory.Dispose();

    private Task<string> LinkAsync(string report)
    {
        string root = Path.Combine(_directory.Path, "report");
        _directory.Write("outside.txt", Encoding.UTF8.GetBytes("secret"));
        _directory.Write("report/good.png", [1, 2, 3]);
        _directory.Write("report/sub/deep.png", [1, 2, 4]);
        _directory.Write("report/.github/logo.png", [1, 2, 5]);
        using (FileStream huge = File.Create(Path.Combine(root, "huge.bin")))
            huge.SetLength(1L << 40);
        Link(Path.Combine(root, "link-to-etc"), "/etc/hostname");
        Link(Path.Combine(root, "linked-directory"), "/etc");
        foreach (string credentials in (string[])[".git/config", "vendor/library/.git/config", ".dvc/config.local"])
            _directory.Write("report/" + credentials, Encoding.UTF8.GetBytes("password = x"));
        Link(Path.Combine(root, "link-to-git"), ".git/config");
        Link(Path.Combine(root, "inner-link.png"), "good.png");
        if (!File.Exists(Path.Combine(root, "pipe")))
            Process.Start("mkfifo", Path.Combine(root, "pipe")).WaitForExit();
        return new AssetLinker(_store, new AssetFiles { BaseDirectory = root, Roots = [root], SizeLimit = 1000 }, _log).LinkAsync(report);
    }

    private static void Link(string path, string target)
    {
        if (new FileInfo(path).LinkTarget is null)
            File.CreateSymbolicLink(path, target);
    }

    private sealed class LinesLogger : ILogger
    {
        public List<string> Lines { get; } = [];

        public IDisposable? BeginScope<TState>(TState state)
            where TState : notnull => null;

        public bool IsEnabled(LogLevel logLevel) => true;

        public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter)
        {
            if (logLevel >= LogLevel.Warning)
                Lines.Add(formatter(state, exception));
        }
    }
}
