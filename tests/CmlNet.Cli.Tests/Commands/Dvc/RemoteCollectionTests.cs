namespace CmlNet.Cli.Tests.Commands.Dvc;

/// <summary><c>gc --cloud</c> and <c>--not-in-remote</c>.</summary>
public sealed class RemoteCollectionTests : IAsyncLifetime, IDisposable
{
    private readonly DvcFolder _folder = new();

    public async Task InitializeAsync()
    {
        _folder.Write("data/1", "one");
        _folder.Write("data/2", "both");
        await _folder.OkAsync("remote", "add", "-d", "store", _folder.Beside("store"));
        await _folder.OkAsync("add", "data");
        await _folder.OkAsync("push");
        _folder.Commit("one");
        _folder.Write("data/1", "two");
        await _folder.OkAsync("add", "data");
        await _folder.OkAsync("push");
        _folder.Commit("two");
    }

    public Task DisposeAsync() => Task.CompletedTask;

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task Collect_RemoteThatCannotBeReached_SaysSo()
    {
        await _folder.OkAsync("remote", "add", "gone", "webdavs://127.0.0.1:1/x");
        Assert.Equal(255, await _folder.RunAsync("gc", "-w", "-c", "-r", "gone", "-f"));
        Assert.StartsWith("ERROR: the remote cannot be reached: ", _folder.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Cloud_UnusedObjects_GoHereAndThere()
    {
        Assert.Equal(5, There());
        Assert.Equal(255, await _folder.RunAsync("gc", "-w", "-c"));
        Assert.Equal(5, There());
        Assert.Equal("Would remove 2 objects from the local cache.\nWould remove 2 objects from remote.\n", await _folder.OkAsync("gc", "-w", "-c", "--dry"));
        await _folder.OkAsync("gc", "-w", "-A", "-c", "-f");
        Assert.Equal(5, There());
        Assert.Equal("Removed 2 objects from the local cache.\nRemoved 2 objects from remote.\n", await _folder.OkAsync("gc", "-w", "-c", "-f", "-r", "store"));
        Assert.Equal(3, There());
        Assert.Equal("No unused 'local' cache to remove.\nNo unused cache to remove from remote.\n", await _folder.OkAsync("gc", "-w", "-c", "-f"));
        Assert.Equal("Cache and remote 'store' are in sync.\n", await _folder.OkAsync("status", "-c"));
    }

    /// <summary>A machine that never pulled: which files a folder needs is known at the remote only.</summary>
    [Fact]
    public async Task Cloud_NothingInTheCache_KeepsTheFilesOfFolders()
    {
        Directory.Delete(_folder.PathOf(".dvc/cache"), recursive: true);
        await _folder.OkAsync("gc", "-w", "-c", "-f");
        Assert.Equal(3, There());
        Directory.Delete(_folder.PathOf("data"), recursive: true);
        await _folder.OkAsync("pull");
        Assert.Equal(("two", "both"), (_folder.Read("data/1"), _folder.Read("data/2")));
    }

    [Fact]
    public async Task Cloud_ListOfFilesIsNowhere_DeletesNothingUnlessTold()
    {
        Directory.Delete(_folder.PathOf(".dvc/cache"), recursive: true);
        string list = Directory.GetFiles(_folder.Beside("store"), "*.dir", SearchOption.AllDirectories).Single(file => _folder.Read("data.dvc").Contains(Path.GetFileName(file), StringComparison.Ordinal));
        File.Delete(list);
        Assert.Equal(255, await _folder.RunAsync("gc", "-w", "-c", "-f"));
        Assert.Contains("nothing was deleted", _folder.Error, StringComparison.Ordinal);
        Assert.Equal(4, There());
        await _folder.OkAsync("gc", "-w", "-c", "-f", "--skip-failed");
        Assert.Equal(0, There());
    }

    [Fact]
    public async Task NotInRemote_WhatIsThere_GoesHere()
    {
        _folder.Write("own", "own");
        await _folder.OkAsync("add", "own");
        Assert.Equal("Removed 5 objects from the local cache.\n", await _folder.OkAsync("gc", "-w", "--not-in-remote", "-f"));
        Assert.Equal(5, There());
        Assert.Single(Directory.GetFiles(_folder.PathOf(".dvc/cache/files"), "*", SearchOption.AllDirectories));
        Assert.Equal(254, await _folder.RunAsync("gc", "-w", "--not-in-remote", "-c"));
        Assert.Equal(254, await _folder.RunAsync("gc", "-w", "-r", "store"));
        Assert.Equal(254, await _folder.RunAsync("gc", "-w", "-n", "2"));
    }

    [Fact]
    public async Task Projects_ThatShareTheCache_KeepWhatTheyNeed()
    {
        using var other = new DvcFolder();
        await other.OkAsync("config", "cache.dir", _folder.PathOf(".dvc/cache"));
        other.Write("theirs", "theirs");
        await other.OkAsync("add", "theirs");
        Assert.Equal("Removed 2 objects from the local cache.\n", await _folder.OkAsync("gc", "-w", "-f", "-p", other.Root));
        Assert.Equal("Data and pipelines are up to date.\n", await other.OkAsync("status"));
        Assert.Equal("Removed 1 objects from the local cache.\n", await _folder.OkAsync("gc", "-w", "-f"));
    }

    private int There() => Directory.GetFiles(_folder.Beside("store"), "*", SearchOption.AllDirectories).Length;
}
