namespace CmlNet.Cli.Tests.Commands.Dvc;

public sealed class GarbageCollectionTests : IDisposable
{
    private readonly DvcFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task Gc_UnusedObjects_GoAndUsedOnesStay()
    {
        _folder.Write("data/1", "one");
        await _folder.OkAsync("add", "data");
        _folder.Commit("one");
        _folder.Write("data/1", "two");
        await _folder.OkAsync("add", "data");
        Assert.Equal(254, await _folder.RunAsync("gc"));
        Assert.Equal("No unused 'local' cache to remove.\n", await _folder.OkAsync("gc", "-w", "-A", "-f"));
        Assert.Equal("Removed 2 objects from the local cache.\n", await _folder.OkAsync("gc", "-w", "-f"));
        Assert.Equal("Data and pipelines are up to date.\n", await _folder.OkAsync("status"));
    }

    [Fact]
    public async Task Gc_WhatKilledProcessesLeft_Goes()
    {
        _folder.Write("f", "f");
        await _folder.OkAsync("add", "f");
        const string Unfinished = ".dvc/cache/files/md5/aa/.0123456789abcdef0123456789abcdef.tmp", Mine = ".dvc/cache/files/md5/aa/notes.tmp";
        const string Unneeded = ".dvc/cache/cml-partial/0123456789abcdef0123456789abcdef", Needed = ".dvc/cache/cml-partial/8fa14cdd754f91cc6554c9e71929cce7";
        foreach (string name in (string[])[Unfinished, Mine, Unneeded, Needed])
            _folder.Write(name, "part");
        await _folder.OkAsync("gc", "-w", "--dry");
        Assert.True(_folder.Exists(Unfinished));
        // f's own object is there, so the rest of an earlier download of it is of no use.
        Assert.Equal("Removed 3 unfinished files that ended processes left.\nNo unused 'local' cache to remove.\n", await _folder.OkAsync("gc", "-w", "-f"));
        Assert.Equal([false, true, false, false], ((string[])[Unfinished, Mine, Unneeded, Needed]).Select(_folder.Exists));
        File.Delete(_folder.PathOf(".dvc/cache/files/md5/8f/a14cdd754f91cc6554c9e71929cce7"));
        _folder.Write(Needed, "part");
        await _folder.OkAsync("gc", "-w", "-f");
        Assert.True(_folder.Exists(Needed));
        // Others may be writing to a cache that is not the project's own.
        await _folder.OkAsync("config", "cache.dir", _folder.Beside("shared"));
        string young = Path.Combine(_folder.Beside("shared"), "files", "md5", "aa", ".0123456789abcdef0123456789abcdef.tmp"), old = young.Replace("0123", "3210", StringComparison.Ordinal);
        Directory.CreateDirectory(Path.GetDirectoryName(young)!); // it has a folder
        File.WriteAllText(young, "part");
        File.WriteAllText(old, "part");
        File.SetLastWriteTimeUtc(old, DateTime.UnixEpoch);
        await _folder.OkAsync("gc", "-w", "-f");
        Assert.Equal((true, false), (File.Exists(young), File.Exists(old)));
    }
}
