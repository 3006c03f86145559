using System.Collections.Concurrent;
using CmlNet.Dvc.Hashing;
using CmlNet.Dvc.Project;
using CmlNet.Dvc.Storage;

namespace CmlNet.Dvc.Remotes;

/// <summary>
/// Moves objects between the cache and a remote, several at once. The files of a folder go before the folder's own object, so
/// one that is there stands for all its files; what is received is hashed before it counts; what was received in part is gone on with.
/// </summary>
public sealed class Transfer(DvcProject project, IRemoteStore store, int jobs)
{
    private const int Attempts = 4;
    private const int WorthListing = 200;

    private readonly ConcurrentDictionary<ObjectId, bool> _done = new();
    private int _moved;

    /// <summary>Objects moved so far; a folder's own counts.</summary>
    public int Moved => _moved;

    /// <summary>Called after each object with the number moved and the number known to be wanted.</summary>
    public Action<int, int>? Progress { get; init; }

    /// <summary>Gets objects and, for folders, their files.</summary>
    /// <returns>What the remote does not have.</returns>
    public async Task<IReadOnlyCollection<ObjectId>> FetchAsync(IReadOnlyCollection<ObjectId> wanted, Func<ObjectId, string, bool>? isMeant, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(wanted);
        var missing = new ConcurrentBag<ObjectId>();
        var listings = new ConcurrentDictionary<ObjectId, DirectoryListing>();
        await EachAsync(wanted.Where(id => id.IsDirectory), async (id, token) =>
        {
            if (await ListingAsync(id, token) is { } listing)
                listings[id] = listing;
            else
                missing.Add(id);
        }, cancellationToken);
        List<ObjectId> files = [.. wanted.Where(id => !id.IsDirectory)
            .Concat(listings.SelectMany(folder => folder.Value.Files.Where(file => isMeant?.Invoke(folder.Key, file.Key) != false).Select(file => ObjectId.Parse(file.Value, folder.Key.IsLegacy))))
            .Distinct().Where(id => !project.Cache.Contains(id))];
        await EachAsync(files, async (id, token) =>
        {
            if (!await FetchFileAsync(id, token))
                missing.Add(id);
            else
                Count(files.Count);
        }, cancellationToken);
        foreach ((ObjectId id, DirectoryListing listing) in listings)
        {
            if (project.Cache.Contains(id))
                continue;
            project.Cache.AddListing(id, _contents[id]);
            Interlocked.Increment(ref _moved);
        }

        return missing;
    }

    /// <summary>Sends objects and, for folders, their files.</summary>
    /// <returns>What the cache does not have.</returns>
    public async Task<IReadOnlyCollection<ObjectId>> PushAsync(IReadOnlyCollection<ObjectId> wanted, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(wanted);
        var missing = new ConcurrentBag<ObjectId>();
        List<ObjectId> there = [.. wanted.Where(id => Have(id, missing))];
        HashSet<ObjectId> known = await PresentAsync(there, cancellationToken);
        List<ObjectId> folders = [.. there.Where(id => id.IsDirectory && !known.Contains(id))];
        List<ObjectId> children = [.. folders.SelectMany(id => project.Cache.Listing(id).Files.Select(file => ObjectId.Parse(file.Value, id.IsLegacy))).Distinct().Where(id => Have(id, missing))];
        HashSet<ObjectId> knownChildren = await PresentAsync(children, cancellationToken);
        List<ObjectId> files = [.. there.Where(id => !id.IsDirectory && !known.Contains(id)).Concat(children.Where(id => !knownChildren.Contains(id))).Distinct()];
        await EachAsync(files, (id, token) => SendAsync(id, files.Count, token), cancellationToken);
        // A folder of which a file is missing here is not complete there either.
        await EachAsync(folders.Where(id => project.Cache.Listing(id).Files.All(file => !missing.Contains(ObjectId.Parse(file.Value, id.IsLegacy)))), (id, token) => SendAsync(id, files.Count + folders.Count, token), cancellationToken);
        return missing;
    }

    /// <summary>Which of the objects the remote has.</summary>
    public async Task<HashSet<ObjectId>> PresentAsync(IReadOnlyCollection<ObjectId> ids, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(ids);
        if (ids.Count > WorthListing)
        {
            var names = new HashSet<string>(StringComparer.Ordinal);
            bool isComplete = true;
            foreach (string prefix in ids.Select(id => id.IsLegacy ? id.Value[..2] : "files/md5").Distinct(StringComparer.Ordinal))
            {
                if (await RetryAsync(token => store.ListAsync(prefix, token), cancellationToken) is { } listed)
                    names.UnionWith(listed);
                else
                    isComplete = false;
            }

            if (isComplete)
                return [.. ids.Where(id => names.Contains(id.RelativePath))];
        }

        var present = new ConcurrentBag<ObjectId>();
        await EachAsync(ids, async (id, token) =>
        {
            if (await RetryAsync(inner => store.ExistsAsync(id.RelativePath, inner), token))
                present.Add(id);
        }, cancellationToken);
        return [.. present];
    }

    private readonly ConcurrentDictionary<ObjectId, byte[]> _contents = new();

    private void Count(int wanted)
    {
        int moved = Interlocked.Increment(ref _moved);
        Progress?.Invoke(moved, wanted);
    }

    private bool Have(ObjectId id, ConcurrentBag<ObjectId> missing)
    {
        if (project.Cache.Contains(id))
            return true;
        missing.Add(id);
        return false;
    }

    private async Task SendAsync(ObjectId id, int total, CancellationToken cancellationToken)
    {
        await RetryAsync(async token =>
        {
            await store.WriteAsync(id.RelativePath, project.Cache.PathOf(id), token);
            return true;
        }, cancellationToken);
        Count(total);
    }

    // Kept aside: it goes into the cache when its files are there.
    private async Task<DirectoryListing?> ListingAsync(ObjectId id, CancellationToken cancellationToken)
    {
        if (project.Cache.Contains(id))
            return project.Cache.Listing(id);
        using var content = new MemoryStream();
        bool isThere = await RetryAsync(token =>
        {
            content.SetLength(0);
            return store.ReadAsync(id.RelativePath, content, 0, token);
        }, cancellationToken);
        if (!isThere)
            return null;
        byte[] bytes = content.ToArray();
        if (DirectoryListing.IdOf(bytes, id.IsLegacy) != id)
            throw new TransferException($"{id.Value} at {store.Address} is not what its name says; it was changed there", isTransient: false);
        _contents[id] = bytes;
        return DirectoryListing.Parse(bytes, id.Value);
    }

    private async Task<bool> FetchFileAsync(ObjectId id, CancellationToken cancellationToken)
    {
        if (!_done.TryAdd(id, true))
            return true;
        using PartialFile partial = PartialFile.Open(project.Cache, id);
        bool isThere = await RetryAsync(token => partial.ReceiveAsync((stream, offset) => store.ReadAsync(id.RelativePath, stream, offset, token)), cancellationToken);
        if (!isThere)
            return false;
        if (FileHash.Compute(partial.Path, id.IsLegacy, cancellationToken) != id.Value)
        {
            // What was there from an earlier time may have been wrong; once more, from the start.
            await RetryAsync(token => partial.RestartAsync((stream, offset) => store.ReadAsync(id.RelativePath, stream, offset, token)), cancellationToken);
            if (FileHash.Compute(partial.Path, id.IsLegacy, cancellationToken) != id.Value)
            {
                partial.Discard();
                throw new TransferException($"{id.Value} at {store.Address} is not what its name says; it was changed there", isTransient: false);
            }
        }

        project.Cache.AddMoved(id, partial.Path);
        return true;
    }

    private Task EachAsync(IEnumerable<ObjectId> ids, Func<ObjectId, CancellationToken, Task> action, CancellationToken cancellationToken) =>
        Parallel.ForEachAsync(ids, new ParallelOptions { MaxDegreeOfParallelism = Math.Max(1, jobs), CancellationToken = cancellationToken }, async (id, token) => await action(id, token));

    private async Task<T> RetryAsync<T>(Func<CancellationToken, Task<T>> action, CancellationToken cancellationToken)
    {
        for (int attempt = 1; ; attempt++)
        {
            try
            {
                return await action(cancellationToken);
            }
            catch (Exception e) when (attempt < Attempts && !cancellationToken.IsCancellationRequested && e is HttpRequestException or TransferException { IsTransient: true } or HttpIOException)
            {
                await Task.Delay(TimeSpan.FromMilliseconds(200 << attempt), project.Time, cancellationToken);
            }
            catch (HttpRequestException e)
            {
                throw new TransferException($"{store.Address} cannot be reached: {e.Message}", isTransient: false, e);
            }
        }
    }
}
