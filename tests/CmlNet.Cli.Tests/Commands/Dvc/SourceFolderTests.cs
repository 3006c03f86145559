namespace CmlNet.Cli.Tests.Commands.Dvc;

/// <summary>Folders of other projects that are no output as a whole.</summary>
public sealed class SourceFolderTests : IDisposable
{
    private readonly DvcFolder _source = new();
    private readonly DvcFolder _folder = new();

    public SourceFolderTests()
    {
        _source.Write("set/data/sub/2", "two");
        _source.Write("set/data/1", "one");
        _source.Write("set/read.me", "git's");
    }

    public void Dispose()
    {
        _folder.Dispose();
        _source.Dispose();
    }

    [Fact]
    public async Task Get_FolderWithDataInIt_BringsBoth()
    {
        await PublishAsync();
        await _folder.OkAsync("get", _source.Root, "set");
        Assert.Equal(("one", "two", "git's"), (_folder.Read("set/data/1"), _folder.Read("set/data/sub/2"), _folder.Read("set/read.me")));
        Assert.False(_folder.Exists("set/data.dvc"));
    }

    [Theory]
    [InlineData("set/data/sub", "2")]
    [InlineData("set", "data/1")]
    public async Task Pull_ImportOfAPartOrMore_GetsItAgain(string path, string file)
    {
        await PublishAsync();
        await _folder.OkAsync("import", _source.Root, path, "-o", "own");
        string before = _folder.Read($"own/{file}");
        Directory.Delete(_folder.PathOf("own"), recursive: true);
        Directory.Delete(_folder.PathOf(".dvc/cache"), recursive: true);
        await _folder.OkAsync("pull");
        Assert.Equal(before, _folder.Read($"own/{file}"));
        Assert.Equal("Data and pipelines are up to date.\n", await _folder.OkAsync("status"));
    }

    /// <summary>As DVC has it: what was added a moment ago is listed, whether it is committed or not.</summary>
    [Fact]
    public async Task List_RepositoryOfThisMachine_IsAsItsWorkTreeIs()
    {
        _source.Write(".gitignore", "*.log\n");
        _source.Write("run.log", "ignored");
        await _source.OkAsync("add", "set/data");
        Assert.Equal(".gitignore\nset\n", Without(".dvc", await _folder.OkAsync("list", _source.Root)));
        Assert.Equal("set/data/1\nset/data/sub/2\n", await _folder.OkAsync("list", _source.Root, "-R", "--dvc-only"));
        await PublishAsync();
        _source.Write("set/staged", "new");
        _source.Git("add", "set/staged");
        File.Delete(_source.PathOf("set/read.me"));
        Assert.Equal(".gitignore\ndata\ndata.dvc\nstaged\n", await _folder.OkAsync("list", _source.Root, "set"));
        Assert.Equal(".gitignore\ndata\ndata.dvc\nread.me\n", await _folder.OkAsync("list", _source.Root, "set", "--rev", "main"));
        Assert.Equal(255, await _folder.RunAsync("list", _source.Root, "nothing"));
        Assert.True(_source.Exists("set/data/1"));
    }

    /// <summary>What this project leaves out was not recorded, and would make another hash.</summary>
    [Fact]
    public async Task Pull_ImportOfAFolderOfWhichSomeIsIgnoredHere_GetsItAgain()
    {
        _source.Write("set/left.tmp", "not here");
        await PublishAsync();
        _folder.Write(".dvcignore", "*.tmp\n");
        await _folder.OkAsync("import", _source.Root, "set", "-o", "own");
        Directory.Delete(_folder.PathOf("own"), recursive: true);
        Directory.Delete(_folder.PathOf(".dvc/cache"), recursive: true);
        await _folder.OkAsync("pull");
        Assert.Equal(("one", "git's"), (_folder.Read("own/data/1"), _folder.Read("own/read.me")));
        Assert.False(_folder.Exists("own/left.tmp"));
    }

    /// <summary>Files of DVC's and of git's, into a folder in which the user linked one to elsewhere.</summary>
    [Theory]
    [InlineData("set/data", "out/sub")]
    [InlineData("set", "out/data/sub")]
    [InlineData("plain", "out/deep/er")]
    public async Task Get_ForcedIntoAFolderWithALinkToElsewhere_DoesNotFollowIt(string path, string link)
    {
        _source.Write("plain/deep/er/2", "git's");
        await PublishAsync();
        Directory.CreateDirectory(_folder.Beside("elsewhere"));
        await File.WriteAllTextAsync(Path.Combine(_folder.Beside("elsewhere"), "2"), "the user's");
        Directory.CreateDirectory(Path.GetDirectoryName(_folder.PathOf(link))!); // below the root
        Directory.CreateSymbolicLink(_folder.PathOf(link), _folder.Beside("elsewhere"));
        Assert.Equal(255, await _folder.RunAsync("get", "-f", _source.Root, path, "-o", "out"));
        Assert.Contains($"a link leads from {_folder.PathOf(link)} out of", _folder.Error, StringComparison.Ordinal);
        Assert.Equal("the user's", await File.ReadAllTextAsync(Path.Combine(_folder.Beside("elsewhere"), "2")));
    }

    [Theory]
    [InlineData("")]
    [InlineData("file://")]
    public async Task Get_RemoteRelativeToTheProject_IsFound(string scheme)
    {
        await PublishAsync();
        Directory.Delete(_source.PathOf(".dvc/cache"), recursive: true);
        await _folder.OkAsync("get", scheme + _source.Root, "set/data");
        Assert.Equal("two", _folder.Read("data/sub/2"));
        Assert.StartsWith(_source.Beside("store"), await _folder.OkAsync("get", scheme + _source.Root, "set/data/1", "--show-url"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Get_ListThatNamesAFolderOfGit_IsRefused()
    {
        await PublishAsync();
        string list = Directory.EnumerateFiles(_source.PathOf(".dvc/cache"), "*.dir", SearchOption.AllDirectories).Single();
        string text = (await File.ReadAllTextAsync(list)).Replace("sub/2", ".git/config", StringComparison.Ordinal);
        string hash = CmlNet.Dvc.Hashing.FileHash.Compute(System.Text.Encoding.UTF8.GetBytes(text));
        _source.Write($".dvc/cache/files/md5/{hash[..2]}/{hash[2..]}.dir", text);
        _source.Write("set/data.dvc", $"outs:\n- md5: {hash}.dir\n  hash: md5\n  path: data\n");
        _source.Commit("hostile");
        Assert.Equal(255, await _folder.RunAsync("get", _source.Root, "set/data"));
        Assert.Contains("what lies in a .git folder is no data", _folder.Error, StringComparison.Ordinal);
        Assert.False(_folder.Exists("data/.git"));
    }

    [Fact]
    public async Task ImportUrl_ToRemote_IsThereAndNowhereElse()
    {
        string file = _folder.Beside("elsewhere");
        await File.WriteAllTextAsync(file, "one");
        await _folder.OkAsync("remote", "add", "-d", "store", "../store");
        await _folder.OkAsync("import-url", file, "data", "--to-remote");
        Assert.False(_folder.Exists("data"));
        Assert.False(Directory.Exists(_folder.PathOf(".dvc/cache/files")));
        Assert.Equal("/data\n", _folder.Read(".gitignore"));
        await _folder.OkAsync("pull");
        Assert.Equal("one", _folder.Read("data"));
        await File.WriteAllTextAsync(file, "two");
        await _folder.OkAsync("update", "--to-remote", "data.dvc");
        Assert.Equal("one", _folder.Read("data"));
        await _folder.OkAsync("pull", "-f");
        Assert.Equal("two", _folder.Read("data"));
        Assert.Equal(254, await _folder.RunAsync("import-url", file, "other", "--to-remote", "--no-download"));
        Assert.Equal(254, await _folder.RunAsync("import-url", file, "other", "-r", "store"));
        await PublishAsync();
        await _folder.OkAsync("import", _source.Root, "set/data", "-o", "set");
        Assert.Equal(255, await _folder.RunAsync("update", "--to-remote", "set.dvc"));
    }

    private static string Without(string name, string lines) => string.Concat(lines.Split('\n', StringSplitOptions.RemoveEmptyEntries).Where(line => line != name).Select(line => line + "\n"));

    private async Task PublishAsync()
    {
        await _source.OkAsync("add", "set/data");
        await _source.OkAsync("remote", "add", "-d", "store", "../store");
        await _source.OkAsync("push");
        _source.Commit("data");
    }
}
