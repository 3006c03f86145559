namespace CmlNet.Cli.Tests.Commands.Dvc;

/// <summary>Repositories of others that hold links: of this machine nothing is read but the clone, and nothing is written but the target.</summary>
public sealed class HostileSourceTests : IDisposable
{
    private readonly DvcFolder _source = new();
    private readonly DvcFolder _folder = new();
    private readonly string _outside;

    public HostileSourceTests()
    {
        _outside = Directory.CreateDirectory(_folder.Beside("outside")).FullName;
        File.WriteAllText(Path.Combine(_outside, "key"), "the secret of this machine");
        _source.Write("data/1", "one");
        _source.Write("shared/deep/2", "two");
    }

    public void Dispose()
    {
        _folder.Dispose();
        _source.Dispose();
    }

    [Theory]
    [InlineData("data/link", "", "data")]
    [InlineData("data/link", "/key", "data")]
    [InlineData("data/link", "", "data/link")]
    [InlineData("data/link", "/key", "data/link")]
    [InlineData("data/link", "", "data/link/key")]
    public async Task Source_WithALinkOutOfIt_IsRefused(string link, string target, string path)
    {
        File.CreateSymbolicLink(_source.PathOf(link), _outside + target);
        _source.Commit("hostile");
        foreach (string command in (string[])["get", "import"])
        {
            Assert.Equal(255, await _folder.RunAsync(command, _source.Root, path, "-o", "got"));
            Assert.Contains("is a link that leads out of it", _folder.Error, StringComparison.Ordinal);
        }

        Assert.False(Holds("secret of this machine"));
        Assert.Equal(["key"], Directory.GetFileSystemEntries(_outside).Select(Path.GetFileName));
    }

    /// <summary>There are its address and its remotes' passwords.</summary>
    [Theory]
    [InlineData(".git")]
    [InlineData(".git/config")]
    [InlineData(".dvc/config")]
    public async Task Source_WithALinkToGitsOrDvcsOwn_IsRefused(string target)
    {
        File.CreateSymbolicLink(_source.PathOf("data/link"), "../" + target);
        _source.Commit("hostile");
        Assert.Equal(255, await _folder.RunAsync("get", _source.Root, "data"));
        Assert.Contains("is a link that leads out of it", _folder.Error, StringComparison.Ordinal);
        Assert.Equal(255, await _folder.RunAsync("get", _source.Root, "data/link"));
    }

    [Fact]
    public async Task Get_LinksWithinWhatIsCopied_StayOrBecomeTheirFiles()
    {
        _source.Write("data/sub/3", "three");
        File.CreateSymbolicLink(_source.PathOf("data/file"), "../shared/deep/2");
        File.CreateSymbolicLink(_source.PathOf("data/latest"), "sub");
        _source.Commit("links");
        await _folder.OkAsync("get", _source.Root, "data", "-o", "got");
        Assert.Equal(("two", "three", "sub"), (_folder.Read("got/file"), _folder.Read("got/latest/3"), new FileInfo(_folder.PathOf("got/latest")).LinkTarget));
        Assert.Null(new FileInfo(_folder.PathOf("got/file")).LinkTarget);
        await _folder.OkAsync("get", _source.Root, "data/latest", "-o", "sub");
        Assert.Equal("three", _folder.Read("sub/3"));
    }

    /// <summary>Inside of the clone, and where the copy lies in the user's own folder.</summary>
    [Theory]
    [InlineData("../shared/deep")]
    [InlineData("../outside")]
    public async Task Get_LinkOutOfWhatIsCopied_IsRefused(string target)
    {
        Directory.CreateSymbolicLink(_source.PathOf("data/out"), target);
        _source.Write("planted", "planted");
        await _source.OkAsync("add", "planted");
        _source.Write("planted.dvc", _source.Read("planted.dvc").Replace("path: planted", "path: data/out/planted", StringComparison.Ordinal));
        _source.Commit("hostile");
        Assert.Equal(255, await _folder.RunAsync("get", _source.Root, "data", "-o", "got"));
        Assert.Contains("is a link that leads out of what is copied", _folder.Error, StringComparison.Ordinal);
        Assert.False(Path.Exists(_folder.PathOf("got/out")));
        Assert.False(Holds("planted"));
    }

    [Fact]
    public async Task Get_DataThroughALinkOutOfTheTarget_IsNotWritten()
    {
        _source.Write("data/set/planted", "planted");
        await _source.OkAsync("add", "data/set");
        _source.Commit("data");
        Directory.CreateDirectory(_folder.PathOf("got"));
        Directory.CreateSymbolicLink(_folder.PathOf("got/set"), _outside);
        Assert.Equal(255, await _folder.RunAsync("get", "-f", _source.Root, "data", "-o", "got"));
        Assert.Contains("is not written: a link leads from", _folder.Error, StringComparison.Ordinal);
        Assert.Equal(["key"], Directory.GetFileSystemEntries(_outside).Select(Path.GetFileName));
    }

    /// <summary>What .dvcignore leaves out is deleted from the copy alone.</summary>
    [Fact]
    public async Task Pull_ImportWithIgnoredNames_DeletesNothingThroughLinks()
    {
        _source.Write("data/sub/key", "k");
        Directory.CreateSymbolicLink(_source.PathOf("data/latest"), "sub");
        _source.Commit("links");
        _folder.Write(".dvcignore", "own/latest\n");
        await _folder.OkAsync("import", _source.Root, "data", "-o", "own");
        Directory.Delete(_folder.PathOf(".dvc/cache"), recursive: true);
        await _folder.OkAsync("fetch");
        Assert.Contains(Directory.EnumerateFiles(_folder.PathOf(".dvc/cache"), "*", SearchOption.AllDirectories), file => File.ReadAllText(file) == "k");
    }

    private bool Holds(string text) => Directory.EnumerateFiles(_folder.Root, "*", SearchOption.AllDirectories).Any(file => File.ReadAllText(file).Contains(text, StringComparison.Ordinal));
}
