namespace CmlNet.Cli.Tests.Commands.Dvc;

public sealed class HostileRecordTests : IDisposable
{
    private readonly DvcFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData("outs:\n- md5: ../../../etc/passwd\n  path: a\n", "is not an MD5")]
    [InlineData("outs:\n- path: ../outside\n  md5: acbd18db4cc2f85cedef654fccc4a4d8\n  hash: md5\n", "outside of the project")]
    [InlineData("outs:\n- path: .git/config\n  md5: acbd18db4cc2f85cedef654fccc4a4d8\n  hash: md5\n", "cannot be an output")]
    [InlineData("cmd: x\nouts:\n- path: a\n", "unknown key 'cmd'")]
    [InlineData("outs: [\n", "a.dvc:2:1")]
    [InlineData("outs:\n- path: [x]\n", "an output without path")]
    [InlineData("outs:\n- path: \"x\\0y\"\n", "NUL character")]
    public async Task Checkout_HostileRecord_IsRefused(string record, string message)
    {
        _folder.Write("a.dvc", record);
        Assert.Equal(255, await _folder.RunAsync("checkout"));
        Assert.Contains(message, _folder.Error, StringComparison.Ordinal);
    }

    /// <summary>What lies elsewhere on the machine does not get into the cache, and from there to a remote.</summary>
    [Fact]
    public async Task Commit_OfAFileElsewhere_IsRefused()
    {
        File.WriteAllText(_folder.Beside("private"), "key");
        foreach (string path in (string[])[_folder.Beside("private"), "../private"])
        {
            _folder.Write("a.dvc", $"outs:\n- path: {path}\n");
            Assert.Equal(255, await _folder.RunAsync("commit", "-f"));
            Assert.Contains("outside of the project", _folder.Error, StringComparison.Ordinal);
        }

        Assert.False(_folder.Exists(".dvc/cache/files"));
    }

    [Theory]
    [InlineData("stages:\n  s:\n    cmd: 'true'\n    outs: [\"x\\0y\"]\n", "NUL character")]
    [InlineData("stages:\n  s:\n    cmd: {rm: all}\n", "neither a text nor a list")]
    [InlineData("stages:\n  s:\n    cmd: 'true'\n    wdir: /etc\n    outs: [x]\n", "'/etc/x' is outside of the project")]
    public async Task Repro_HostileStage_IsRefused(string pipeline, string message)
    {
        _folder.Write("dvc.yaml", pipeline);
        Assert.Equal(255, await _folder.RunAsync("repro"));
        Assert.Contains(message, _folder.Error, StringComparison.Ordinal);
        Assert.False(_folder.Exists("etc"));
    }

    [Fact]
    public async Task Checkout_ThroughALinkOutOfTheProject_IsRefused()
    {
        _folder.Write("a", "foo");
        await _folder.OkAsync("add", "a");
        Directory.CreateDirectory(_folder.Beside("elsewhere"));
        Directory.CreateSymbolicLink(_folder.PathOf("link"), _folder.Beside("elsewhere"));
        _folder.Write("evil.dvc", "outs:\n- md5: acbd18db4cc2f85cedef654fccc4a4d8\n  hash: md5\n  path: link/planted\n");
        Assert.Equal(255, await _folder.RunAsync("checkout"));
        Assert.Contains("is a link to", _folder.Error, StringComparison.Ordinal);
        Assert.Empty(Directory.GetFiles(_folder.Beside("elsewhere")));
    }

    [Theory]
    [InlineData("", "../victim")]
    [InlineData("  repo: {url: ../other, rev_lock: 0123456789012345678901234567890123456789}\n", "../victim")]
    [InlineData("", ".git/victim")]
    public async Task Update_OfAnOutputElsewhere_IsRefused(string repository, string path)
    {
        string victim = _folder.PathOf(path);
        File.WriteAllText(victim, "mine");
        File.WriteAllText(_folder.Beside("source"), "theirs");
        _folder.Write("evil.dvc", $"frozen: true\ndeps:\n- path: {_folder.Beside("source")}\n{repository}outs:\n- path: {path}\n");
        Assert.Equal(255, await _folder.RunAsync("update", "evil.dvc"));
        Assert.True(_folder.Error.Contains("outside of the project", StringComparison.Ordinal) || _folder.Error.Contains("cannot be an output", StringComparison.Ordinal), _folder.Error);
        Assert.Equal("mine", File.ReadAllText(victim));
    }

    /// <summary>What a repository commits below <c>.dvc</c>: none of it leads elsewhere.</summary>
    [Fact]
    public async Task Pull_LinksInDvcsOwnFolders_AreNotFollowed()
    {
        _folder.Write("a", "foo");
        await _folder.OkAsync("add", "a");
        await _folder.OkAsync("remote", "add", "-d", "store", _folder.Beside("store"));
        await _folder.OkAsync("push");
        string victim = _folder.Beside("victim"), bare = _folder.Beside("bare");
        File.WriteAllText(victim, "mine");
        File.WriteAllText(bare, "");
        Directory.Delete(_folder.PathOf(".dvc/cache"), recursive: true);
        File.Delete(_folder.PathOf("a"));
        Directory.CreateDirectory(_folder.PathOf(".dvc/cache/cml-partial"));
        File.CreateSymbolicLink(_folder.PathOf(".dvc/cache/cml-partial/acbd18db4cc2f85cedef654fccc4a4d8"), victim);
        foreach (string name in (string[])[".dvc/tmp/cml-outputs.json", ".gitignore"])
        {
            File.Delete(_folder.PathOf(name));
            File.CreateSymbolicLink(_folder.PathOf(name), bare);
        }

        await _folder.OkAsync("pull");
        Assert.Equal(("foo", "mine", ""), (_folder.Read("a"), File.ReadAllText(victim), File.ReadAllText(bare)));
        Directory.Delete(_folder.PathOf(".dvc/cache"), recursive: true);
        Directory.CreateDirectory(_folder.PathOf(".dvc/cache"));
        Directory.CreateSymbolicLink(_folder.PathOf(".dvc/cache/cml-partial"), Directory.CreateDirectory(_folder.Beside("elsewhere")).FullName);
        Assert.Equal(255, await _folder.RunAsync("pull"));
        Assert.Empty(Directory.GetFileSystemEntries(_folder.Beside("elsewhere")));
    }

    [Fact]
    public async Task Checkout_OfFolderWithALinkOut_DeletesNothingThere()
    {
        _folder.Write("data/a", "foo");
        _folder.Write("data/sub/b", "bar");
        await _folder.OkAsync("add", "data");
        Directory.Delete(_folder.PathOf("data/sub"), recursive: true);
        await _folder.OkAsync("add", "data");
        string elsewhere = Directory.CreateDirectory(_folder.Beside("elsewhere")).FullName;
        File.WriteAllText(Path.Combine(elsewhere, "b"), "bar");
        Directory.CreateSymbolicLink(_folder.PathOf("data/sub"), elsewhere);
        Assert.Equal(255, await _folder.RunAsync("checkout", "-f"));
        Assert.Equal("bar", File.ReadAllText(Path.Combine(elsewhere, "b")));
    }

    [Fact]
    public async Task Checkout_FileWhereAFolderBelongs_IsNotDeleted()
    {
        _folder.Write("out/m.pkl", "foo");
        await _folder.OkAsync("add", "out/m.pkl");
        string record = _folder.Read("out/m.pkl.dvc").Replace("path: m.pkl", "path: out/m.pkl", StringComparison.Ordinal);
        Directory.Delete(_folder.PathOf("out"), recursive: true);
        _folder.Write("m.dvc", record);
        _folder.Write("out", "notes");
        Assert.Equal(255, await _folder.RunAsync("checkout"));
        Assert.Equal("notes", _folder.Read("out"));
    }

    [Theory]
    [InlineData(".git")]
    [InlineData(".dvc")]
    [InlineData("inner/deep")]
    [InlineData("nested/.git")]
    [InlineData("nested/.GIT/hooks")]
    [InlineData(".DVC")]
    public async Task Checkout_ThroughLinksToWhatIsNotData_IsRefused(string target)
    {
        _folder.Write("a", "foo");
        await _folder.OkAsync("add", "a");
        // A link to a folder that another link leads out of the project.
        Directory.CreateDirectory(Path.Combine(_folder.Beside("elsewhere"), "deep"));
        Directory.CreateSymbolicLink(_folder.PathOf("inner"), _folder.Beside("elsewhere"));
        Directory.CreateDirectory(_folder.PathOf(target));
        Directory.CreateSymbolicLink(_folder.PathOf("link"), target);
        _folder.Write("evil.dvc", "outs:\n- md5: acbd18db4cc2f85cedef654fccc4a4d8\n  hash: md5\n  path: link/planted\n");
        Assert.Equal(255, await _folder.RunAsync("checkout"));
        Assert.False(_folder.Exists("link/planted"));
    }

    /// <summary>Of <c>a -> b/../target</c> the kernel follows b before it goes up.</summary>
    [Fact]
    public async Task Checkout_ThroughALinkThatGoesUpBehindAnother_IsRefused()
    {
        _folder.Write("a", "foo");
        await _folder.OkAsync("add", "a");
        Directory.CreateDirectory(Path.Combine(_folder.Beside("elsewhere"), "inner"));
        string target = Directory.CreateDirectory(Path.Combine(_folder.Beside("elsewhere"), "target")).FullName;
        _folder.Write("target/own", "");
        Directory.CreateSymbolicLink(_folder.PathOf("b"), Path.Combine(_folder.Beside("elsewhere"), "inner"));
        Directory.CreateSymbolicLink(_folder.PathOf("link"), "b/../target");
        _folder.Write("evil.dvc", "outs:\n- md5: acbd18db4cc2f85cedef654fccc4a4d8\n  hash: md5\n  path: link/authorized_keys\n");
        Assert.Equal(255, await _folder.RunAsync("checkout"));
        Assert.Contains("is a link to", _folder.Error, StringComparison.Ordinal);
        Assert.Empty(Directory.GetFileSystemEntries(target));
    }
}
