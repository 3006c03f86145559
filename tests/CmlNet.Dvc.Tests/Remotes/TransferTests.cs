using CmlNet.Dvc.Data;
using CmlNet.Dvc.Hashing;
using CmlNet.Dvc.Project;
using CmlNet.Dvc.Remotes;
using CmlNet.Dvc.Stages;
using CmlNet.Dvc.Storage;

namespace CmlNet.Dvc.Tests.Remotes;

public sealed class TransferTests : IDisposable
{
    private readonly string _top = Directory.CreateTempSubdirectory("cml-transfer-").FullName;
    private readonly DvcProject _project;
    private readonly ObjectId _id;

    public TransferTests()
    {
        string root = Path.Combine(_top, "project");
        Directory.CreateDirectory(Path.Combine(root, ".dvc"));
        File.WriteAllText(Path.Combine(root, ".dvc", "config"), "[core]\n    no_scm = true\n");
        for (int i = 0; i < 5; i++)
        {
            Directory.CreateDirectory(Path.Combine(root, "data", $"d{i}"));
            File.WriteAllText(Path.Combine(root, "data", $"d{i}", "file"), $"content {i}");
        }

        _project = DvcProject.Open(root, new Dictionary<string, string> { ["HOME"] = _top }, TimeProvider.System);
        new AddOperation(_project).Add("data", stores: true, null, CancellationToken.None);
        _id = TrackedFile.Read("data.dvc", File.ReadAllBytes(Path.Combine(root, "data.dvc"))).Outputs[0].Recorded!.Id!;
    }

    private string Remote => Path.Combine(_top, "remote");

    public void Dispose() => Directory.Delete(_top, recursive: true);

    /// <summary>Stopped after every number of requests: what is at the remote is whole, and the next push completes it.</summary>
    [Fact]
    public async Task Push_StoppedAnywhere_LeavesAWholeRemoteAndGoesOn()
    {
        for (int steps = 0; ; steps++)
        {
            Directory.CreateDirectory(Remote);
            bool isDone = await StopsAsync(steps, store => new Transfer(_project, store, 2).PushAsync([_id], CancellationToken.None));
            CheckWhole(new ObjectStore(Remote));
            await new Transfer(_project, new LocalStore(Remote), 4).PushAsync([_id], CancellationToken.None);
            Assert.True(new ObjectStore(Remote).ContainsAll(_id));
            Directory.Delete(Remote, recursive: true);
            if (isDone)
                break;
        }
    }

    [Fact]
    public async Task Fetch_StoppedAnywhere_LeavesAWholeCacheAndGoesOn()
    {
        await new Transfer(_project, new LocalStore(Remote), 4).PushAsync([_id], CancellationToken.None);
        for (int steps = 0; ; steps++)
        {
            string cache = Path.Combine(_top, "cache");
            DvcProject other = _project.WithCache(new ObjectStore(cache));
            bool isDone = await StopsAsync(steps, store => new Transfer(other, store, 2).FetchAsync([_id], null, CancellationToken.None));
            CheckWhole(new ObjectStore(cache));
            Assert.Empty(await new Transfer(other, new LocalStore(Remote), 4).FetchAsync([_id], null, CancellationToken.None));
            Assert.True(new ObjectStore(cache).ContainsAll(_id));
            Directory.Delete(cache, recursive: true);
            if (isDone)
                break;
        }
    }

    [Fact]
    public async Task Fetch_CorruptAtTheRemote_IsRefused()
    {
        await new Transfer(_project, new LocalStore(Remote), 4).PushAsync([_id], CancellationToken.None);
        string child = Directory.EnumerateFiles(Remote, "*", SearchOption.AllDirectories).First(file => !file.EndsWith(".dir", StringComparison.Ordinal));
        File.WriteAllText(child, "changed");
        string cache = Path.Combine(_top, "cache");
        TransferException e = await Assert.ThrowsAsync<TransferException>(() => new Transfer(_project.WithCache(new ObjectStore(cache)), new LocalStore(Remote), 1).FetchAsync([_id], null, CancellationToken.None));
        Assert.Contains("is not what its name says", e.Message, StringComparison.Ordinal);
        CheckWhole(new ObjectStore(cache));
    }

    [Fact]
    public async Task Fetch_PartReceivedBefore_IsGoneOnWith()
    {
        await new Transfer(_project, new LocalStore(Remote), 4).PushAsync([_id], CancellationToken.None);
        ObjectId child = ObjectId.Parse(_project.Cache.Listing(_id).Files[0].Value, isLegacy: false);
        string cache = Path.Combine(_top, "cache");
        Directory.CreateDirectory(Path.Combine(cache, "cml-partial"));
        File.WriteAllText(Path.Combine(cache, "cml-partial", child.Value), "cont");
        var offsets = new List<long>();
        var store = new WatchedStore(new LocalStore(Remote), (name, offset) =>
        {
            if (name == child.RelativePath)
                offsets.Add(offset);
        });
        Assert.Empty(await new Transfer(_project.WithCache(new ObjectStore(cache)), store, 1).FetchAsync([_id], null, CancellationToken.None));
        Assert.Equal([4], offsets);
    }

    [Fact]
    public async Task Fetch_WrongPartReceivedBefore_IsReceivedAnew()
    {
        await new Transfer(_project, new LocalStore(Remote), 4).PushAsync([_id], CancellationToken.None);
        ObjectId child = ObjectId.Parse(_project.Cache.Listing(_id).Files[0].Value, isLegacy: false);
        string cache = Path.Combine(_top, "cache");
        Directory.CreateDirectory(Path.Combine(cache, "cml-partial"));
        File.WriteAllText(Path.Combine(cache, "cml-partial", child.Value), "wrong!");
        Assert.Empty(await new Transfer(_project.WithCache(new ObjectStore(cache)), new LocalStore(Remote), 1).FetchAsync([_id], null, CancellationToken.None));
        CheckWhole(new ObjectStore(cache));
    }

    private async Task<bool> StopsAsync(int steps, Func<IRemoteStore, Task> action)
    {
        try
        {
            await action(new WatchedStore(new LocalStore(Remote), (_, _) =>
            {
                if (Interlocked.Decrement(ref steps) < 0)
                    throw new OperationCanceledException();
            }));
            return true;
        }
        catch (OperationCanceledException)
        {
            return false;
        }
    }

    // Every object is what its name says, and of every folder all files are there.
    private static void CheckWhole(ObjectStore store)
    {
        foreach (ObjectId id in store.Objects())
        {
            Assert.Equal(id.Value.Replace(".dir", "", StringComparison.Ordinal), FileHash.Compute(store.PathOf(id), isLegacy: false, CancellationToken.None));
            Assert.True(!id.IsDirectory || store.Listing(id).Files.All(file => File.Exists(store.PathOf(ObjectId.Parse(file.Value, isLegacy: false)))));
        }
    }

    /// <summary>Tells of every request before it is made.</summary>
    private sealed class WatchedStore(IRemoteStore inner, Action<string, long> told) : IRemoteStore
    {
        public string Address => inner.Address;

        public async Task<bool> ExistsAsync(string name, CancellationToken cancellationToken)
        {
            told(name, 0);
            return await inner.ExistsAsync(name, cancellationToken);
        }

        public async Task<bool> ReadAsync(string name, Stream target, long offset, CancellationToken cancellationToken)
        {
            told(name, offset);
            return await inner.ReadAsync(name, target, offset, cancellationToken);
        }

        public async Task WriteAsync(string name, string path, CancellationToken cancellationToken)
        {
            told(name, 0);
            await inner.WriteAsync(name, path, cancellationToken);
        }

        public async Task<IReadOnlyCollection<string>?> ListAsync(string prefix, CancellationToken cancellationToken)
        {
            told(prefix, 0);
            return await inner.ListAsync(prefix, cancellationToken);
        }
    }
}
