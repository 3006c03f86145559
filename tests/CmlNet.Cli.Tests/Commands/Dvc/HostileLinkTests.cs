namespace CmlNet.Cli.Tests.Commands.Dvc;

/// <summary>Links that a repository may hold where commands write: nothing outside of it is written.</summary>
public sealed class HostileLinkTests : IDisposable
{
    private readonly DvcFolder _folder = new();
    private readonly string _outside;

    public HostileLinkTests()
    {
        _outside = Directory.CreateDirectory(_folder.Beside("outside")).FullName;
        File.WriteAllText(Victim, "mine: 1\n");
    }

    public void Dispose() => _folder.Dispose();

    private string Victim => Path.Combine(_outside, "victim.yaml");

    [Theory]
    [InlineData("../outside/victim.yaml")]
    [InlineData("step")]
    [InlineData(".git/planted.yaml")]
    public async Task ExpRun_ParamsFileThatIsALink_IsWrittenInTheRepositoryOnly(string target)
    {
        File.WriteAllText(_folder.PathOf(".git/planted.yaml"), "mine: 1\n");
        File.CreateSymbolicLink(_folder.PathOf("step"), Victim);
        File.CreateSymbolicLink(_folder.PathOf("params.yaml"), target);
        _folder.Write("dvc.yaml", "stages:\n  s:\n    cmd: 'true'\n");
        _folder.Commit("links");
        foreach (string[] way in (string[][])[[], ["--temp"], ["--queue"]])
        {
            Assert.Equal(255, await _folder.RunAsync(["exp", "run", "-S", "mine=2", .. way]));
            Assert.Contains("is not written: a link leads to", _folder.Error, StringComparison.Ordinal);
        }

        Assert.Equal(("mine: 1\n", "mine: 1\n"), (File.ReadAllText(Victim), _folder.Read(".git/planted.yaml")));
    }

    [Fact]
    public async Task ExpRun_ParamsFileLinkedWithinTheRepository_IsWritten()
    {
        _folder.Write("shared/params.yaml", "lr: 1\n");
        File.CreateSymbolicLink(_folder.PathOf("params.yaml"), "shared/params.yaml");
        _folder.Write("dvc.yaml", "stages:\n  s:\n    cmd: 'true'\n    params: [lr]\n");
        _folder.Commit("link");
        await _folder.OkAsync("exp", "run", "-S", "lr=2");
        Assert.Equal("lr: 2\n", _folder.Read("shared/params.yaml"));
        Assert.NotNull(new FileInfo(_folder.PathOf("params.yaml")).LinkTarget);
    }

    [Theory]
    [InlineData(".dvc/config", "config", "core.remote", "x")]
    [InlineData(".dvc/config", "remote", "add", "-d", "x", "/tmp/x")]
    [InlineData(".dvc/config.local", "remote", "modify", "--local", "store", "jobs", "4")]
    [InlineData(".dvc/config.local", "cache", "dir", "--local", "x")]
    [InlineData("dvc.yaml", "stage", "add", "-n", "s", "true")]
    public async Task Files_ThatAreLinksOutOfTheRepository_AreNotWritten(string name, params string[] arguments)
    {
        await _folder.OkAsync("remote", "add", "store", _folder.Beside("store"));
        File.WriteAllText(Victim, name.EndsWith("yaml", StringComparison.Ordinal) ? "stages: {}\n" : "[core]\n    analytics = false\n['remote \"store\"']\n    url = /x\n");
        string before = File.ReadAllText(Victim);
        File.Delete(_folder.PathOf(name));
        File.CreateSymbolicLink(_folder.PathOf(name), Victim);
        Assert.Equal(255, await _folder.RunAsync(arguments));
        Assert.Contains("outside of the repository", _folder.Error, StringComparison.Ordinal);
        Assert.DoesNotContain("secret", _folder.Error, StringComparison.Ordinal);
        Assert.Equal(before, File.ReadAllText(Victim));
    }

    [Theory]
    [InlineData(".dvc")]
    [InlineData(".dvc/tmp")]
    [InlineData(".dvc/tmp/exps")]
    [InlineData(".dvc/tmp/exps/cml-queue")]
    [InlineData(".dvc/cache")]
    [InlineData(".dvc/cache/files")]
    [InlineData(".dvc/cache/files/md5/8f")]
    [InlineData(".dvc/cache/runs")]
    public async Task Folders_ThatAreLinksOutOfTheRepository_AreNotWritten(string name)
    {
        _folder.Write("f", "f");
        _folder.Write("dvc.yaml", "stages:\n  s:\n    cmd: cp f out\n    deps: [f]\n    outs: [out]\n");
        _folder.Commit("before");
        if (Directory.Exists(_folder.PathOf(name)))
            Directory.Delete(_folder.PathOf(name), recursive: true);
        Directory.CreateDirectory(Path.GetDirectoryName(_folder.PathOf(name))!); // below the root
        Directory.CreateSymbolicLink(_folder.PathOf(name), _outside);
        _folder.Git("add", "-f", "--", name);
        int[] codes = [await _folder.RunAsync("add", "-f", "f"), await _folder.RunAsync("repro", "-f"), await _folder.RunAsync("exp", "run", "--queue"), await _folder.RunAsync("queue", "stop")];
        Assert.Contains(255, codes);
        Assert.Equal([Victim], Directory.GetFileSystemEntries(_outside));
    }

    /// <summary>Whoever links the cache to a larger disk does so outside of git.</summary>
    [Fact]
    public async Task Cache_ThatTheUserLinked_IsUsed()
    {
        Directory.CreateSymbolicLink(_folder.PathOf(".dvc/cache"), _outside);
        _folder.Write("f", "f");
        await _folder.OkAsync("add", "f");
        Assert.True(File.Exists(Path.Combine(_outside, "files/md5/8f/a14cdd754f91cc6554c9e71929cce7")));
        File.Delete(_folder.PathOf("f"));
        await _folder.OkAsync("checkout");
        Assert.Equal("f", _folder.Read("f"));
    }

    [Fact]
    public async Task Config_LineThatCannotBeRead_IsNotPrinted()
    {
        _folder.Write(".dvc/config.local", "my secret\n");
        Assert.Equal(255, await _folder.RunAsync("status"));
        Assert.Contains("config.local:1", _folder.Error, StringComparison.Ordinal);
        Assert.DoesNotContain("secret", _folder.Error, StringComparison.Ordinal);
    }
}
