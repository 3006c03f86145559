using System.Collections.Concurrent;
using CmlNet.Dvc.Hashing;
using CmlNet.Dvc.Project;
using CmlNet.Dvc.Storage;

namespace CmlNet.Dvc.Remotes;

/// <summary>The objects of a remote as a whole: what is there, and what may go.</summary>
public sealed class RemoteCollection(DvcProject project, RemoteStores stores, string? remote, int jobs)
{
    private readonly IRemoteStore _store = stores.Open(remote).Store;

    /// <summary>Every object there, of both layouts.</summary>
    /// <exception cref="DvcException">The place cannot list what it has.</exception>
    public async Task<IReadOnlySet<ObjectId>> ObjectsAsync(CancellationToken cancellationToken)
    {
        var found = new ConcurrentBag<ObjectId>();
        // The old layout is not below one folder of its own.
        IEnumerable<string> prefixes = Enumerable.Range(0, 256).Select(i => i.ToString("x2", System.Globalization.CultureInfo.InvariantCulture)).Prepend("files/md5");
        await Parallel.ForEachAsync(prefixes, WithToken(cancellationToken), async (prefix, token) =>
        {
            foreach (string name in await _store.ListAsync(prefix, token) ?? throw new DvcException($"{_store.Address} does not list what it has, so nothing can be collected there"))
            {
                if (IdOf(name) is { } id)
                    found.Add(id);
            }
        });
        return found.ToHashSet();
    }

    /// <summary>The lists of files of folders that the cache does not have.</summary>
    /// <param name="folders">Objects of folders, other ones being passed over.</param>
    /// <param name="mayLack">One that is not there either is passed over, too.</param>
    /// <param name="cancellationToken">Stops it.</param>
    /// <exception cref="DvcException">One is not there either: what it lists cannot be told.</exception>
    public async Task<IReadOnlyDictionary<ObjectId, DirectoryListing>> ListingsAsync(IEnumerable<ObjectId> folders, bool mayLack, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(folders);
        var listings = new ConcurrentDictionary<ObjectId, DirectoryListing>();
        await Parallel.ForEachAsync(folders.Where(id => id.IsDirectory && !project.Cache.Contains(id)), WithToken(cancellationToken), async (id, token) =>
        {
            using var content = new MemoryStream();
            bool isThere = await _store.ReadAsync(id.RelativePath, content, 0, token);
            if (!isThere && mayLack)
                return;
            if (!isThere)
                throw new DvcException($"{id.Value} is in use, and its list of files is neither in the cache nor at {_store.Address}: which files it needs cannot be told, and nothing was deleted. Push it from where it is, or give it up with `--skip-failed`.");
            if (DirectoryListing.IdOf(content.ToArray(), id.IsLegacy) != id)
                throw new DvcException($"{id.Value} at {_store.Address} is not what its name says; nothing was deleted");
            listings[id] = DirectoryListing.Parse(content.ToArray(), id.Value);
        });
        return listings;
    }

    /// <summary>Deletes objects: lists of files before the files, so that one that is there always has them all.</summary>
    /// <exception cref="DvcException">Nothing can be deleted there.</exception>
    public async Task DeleteAsync(IReadOnlyCollection<ObjectId> ids, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(ids);
        IDeletingStore store = _store as IDeletingStore ?? throw new DvcException($"objects at {_store.Address} cannot be deleted from here; delete them at that machine");
        foreach (IGrouping<bool, ObjectId> group in ids.GroupBy(id => id.IsDirectory).OrderByDescending(group => group.Key))
            await Parallel.ForEachAsync(group, WithToken(cancellationToken), async (id, token) => await store.DeleteAsync(id.RelativePath, token));
    }

    private ParallelOptions WithToken(CancellationToken cancellationToken) => new() { MaxDegreeOfParallelism = Math.Max(1, jobs), CancellationToken = cancellationToken };

    private static ObjectId? IdOf(string name) => name.Split('/') switch
    {
        ["files", "md5", { Length: 2 } start, var rest] => ObjectId.TryParse(start + rest, isLegacy: false),
        [{ Length: 2 } start, var rest] => ObjectId.TryParse(start + rest, isLegacy: true),
        _ => null,
    };
}
