using System.Net.Sockets;
using CmlNet.Cli.Commands.Dvc;
using CmlNet.Dvc.Experiments;
using CmlNet.Dvc.Pipelines;
using CmlNet.Dvc.Project;

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
        {
            _folder.Write(name, "part");
            File.SetLastWriteTimeUtc(_folder.PathOf(name), DateTime.UnixEpoch);
        }

        await _folder.OkAsync("gc", "-w", "--dry");
        Assert.True(_folder.Exists(Unfinished));
        // f's own object is there, so the rest of an earlier download of it is of no use.
        Assert.Equal("Removed 3 unfinished files that ended processes left.\nNo unused 'local' cache to remove.\n", await _folder.OkAsync("gc", "-w", "-f"));
        Assert.Equal([false, true, false, false], ((string[])[Unfinished, Mine, Unneeded, Needed]).Select(_folder.Exists));
        File.Delete(_folder.PathOf(".dvc/cache/files/md5/8f/a14cdd754f91cc6554c9e71929cce7"));
        _folder.Write(Needed, "part");
        File.SetLastWriteTimeUtc(_folder.PathOf(Needed), DateTime.UnixEpoch);
        await _folder.OkAsync("gc", "-w", "-f");
        Assert.True(_folder.Exists(Needed));
        // What is young another process may be writing.
        _folder.Write(Unfinished, "part");
        await _folder.OkAsync("gc", "-w", "-f");
        Assert.True(_folder.Exists(Unfinished));
    }

    /// <summary>A clone without everything: what git cannot tell is not taken for what nobody needs.</summary>
    [Theory]
    [InlineData("HEAD~1:data.dvc")]
    [InlineData("HEAD~1^{tree}")]
    [InlineData("HEAD~1")]
    public async Task Gc_GitObjectMissing_DeletesNothing(string missing)
    {
        _folder.Write("data", "one");
        await _folder.OkAsync("add", "data");
        _folder.Commit("one");
        _folder.Write("data", "two");
        await _folder.OkAsync("add", "data");
        _folder.Commit("two");
        string id = _folder.Git("rev-parse", missing).Trim();
        File.Delete(_folder.PathOf($".git/objects/{id[..2]}/{id[2..]}"));
        Assert.Equal(255, await _folder.RunAsync("gc", "-w", "-A", "-f"));
        Assert.Contains("nothing", _folder.Error, StringComparison.Ordinal);
        Assert.True(_folder.Exists(".dvc/cache/files/md5/f9/7c5d29941bfb1b2fdab0874906ab82")); // one
    }

    /// <summary>Between the collection's look at what runs and its deleting, nothing begins.</summary>
    [Fact]
    public async Task RunApart_Begins_WithTheProjectLocked()
    {
        _folder.Write("dvc.yaml", "stages:\n  s:\n    cmd: echo 1 > out\n    outs: [out]\n");
        _folder.Commit("one");
        var project = DvcProject.Open(_folder.Root, _folder.Environment, TimeProvider.System);
        string head = new ExperimentReferences(project).Head;
        bool isLocked = false;
        await new ExperimentRun(project, StageRunners.Create(null), _ => { }).ApartAsync(new ExperimentRequest(), head, () =>
        {
            isLocked = Assert.Throws<IOException>(() => new FileStream(_folder.PathOf(".dvc/tmp/lock"), FileMode.Open, FileAccess.ReadWrite, FileShare.None).Dispose()) is not null;
            return head;
        }, new ReproOptions(), CancellationToken.None);
        Assert.True(isLocked);
        Assert.Single(new ExperimentReferences(project).All());
    }

    [Fact]
    public async Task Gc_WhatQueuedAndRunningExperimentsNeed_Stays()
    {
        _folder.Write("dvc.yaml", "stages:\n  s:\n    cmd: cp data out\n    deps: [data]\n    outs: [out]\n");
        _folder.Write("data", "one");
        await _folder.OkAsync("add", "data");
        _folder.Commit("one");
        _folder.Write("data", "two");
        await _folder.OkAsync("add", "data");
        await _folder.OkAsync("exp", "run", "--queue");
        _folder.Git("checkout", "-q", "data.dvc");
        await _folder.OkAsync("checkout", "-f");
        using (new FileStream(_folder.PathOf(".dvc/tmp/exps/run-0.lock"), FileMode.Create, FileAccess.ReadWrite, FileShare.None))
            Assert.Equal(255, await _folder.RunAsync("gc", "-w", "-f"));
        await _folder.OkAsync("gc", "-w", "-f");
        Assert.True(_folder.Exists(".dvc/cache/files/md5/b8/a9f715dbb64fd5c56e7783c6820a61")); // two
    }

    /// <summary>What a command has stored in another project is named by nothing until it ends. A socket stands for a lock that cannot be had.</summary>
    [Fact]
    public async Task Gc_OfOtherProjects_TakesTheirLocks()
    {
        _folder.Write("data", "one");
        await _folder.OkAsync("add", "data");
        _folder.Write("data", "two");
        await _folder.OkAsync("add", "data");
        string other = Directory.CreateDirectory(_folder.Beside("other")).FullName;
        Directory.CreateDirectory(Path.Combine(other, ".dvc", "tmp"));
        File.WriteAllText(Path.Combine(other, ".dvc", "config"), "[core]\n    no_scm = true\n");
        Directory.CreateSymbolicLink(_folder.Beside("way"), other);
        using (var socket = new Socket(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified))
        {
            socket.Bind(new UnixDomainSocketEndPoint(Path.Combine(other, ".dvc", "tmp", "lock")));
            Assert.Equal(255, await _folder.RunAsync("gc", "-w", "-f", "-p", other));
            Assert.Contains("lock cannot be written", _folder.Error, StringComparison.Ordinal);
            Assert.True(_folder.Exists(".dvc/cache/files/md5/f9/7c5d29941bfb1b2fdab0874906ab82")); // one
        }

        File.Delete(Path.Combine(other, ".dvc", "tmp", "lock"));
        // One project by several names, and one's own, are not waited for.
        await _folder.OkAsync("gc", "-w", "-f", "-p", other, _folder.Beside("way"), ".");
        Assert.False(_folder.Exists(".dvc/cache/files/md5/f9/7c5d29941bfb1b2fdab0874906ab82"));
    }
}
