using CmlNet.Dvc.Project;
using CmlNet.Dvc.Remotes;
using CmlNet.Dvc.Stages;
using CmlNet.Dvc.Storage;

namespace CmlNet.Dvc.Pipelines;

/// <summary>Moves the run cache between the cache and a remote, with the data that the runs name. Remotes that cannot list have none.</summary>
public sealed class RunCacheTransfer(DvcProject project, RemoteStores stores, string? remote)
{
    private const string Prefix = "runs";

    /// <summary>Sends what the remote has not; returns how many files.</summary>
    public async Task<int> PushAsync(CancellationToken cancellationToken)
    {
        string root = Path.Combine(project.Cache.Root, Prefix);
        IRemoteStore store = stores.Open(remote).Store;
        if (!Directory.Exists(root) || await store.ListAsync(Prefix, cancellationToken) is not { } there)
            return 0;
        var known = there.ToHashSet(StringComparer.Ordinal);
        List<string> names = [.. Directory.EnumerateFiles(root, "*", SearchOption.AllDirectories).Select(file => Path.GetRelativePath(project.Cache.Root, file).Replace('\\', '/')).Where(name => IsRun(name) && !known.Contains(name))];
        List<ObjectId> objects = [.. names.SelectMany(name => Objects(Path.Combine(project.Cache.Root, name))).Distinct().Where(project.Cache.ContainsAll)];
        var transfer = new Transfer(project, store, 4 * Environment.ProcessorCount);
        await transfer.PushAsync(objects, cancellationToken);
        foreach (string name in names)
            await store.WriteAsync(name, Path.Combine(project.Cache.Root, name), cancellationToken);
        return names.Count + transfer.Moved;
    }

    /// <summary>Gets what the cache has not; returns how many files.</summary>
    public async Task<int> FetchAsync(CancellationToken cancellationToken)
    {
        IRemoteStore store = stores.Open(remote).Store;
        int count = 0;
        foreach (string name in await store.ListAsync(Prefix, cancellationToken) ?? [])
        {
            string path = Path.Combine(project.Cache.Root, name);
            if (!IsRun(name) || File.Exists(path))
                continue;
            using var content = new MemoryStream();
            if (!await store.ReadAsync(name, content, 0, cancellationToken))
                continue;
            project.Cache.CreateFolder(Path.GetDirectoryName(path)!); // a file has a folder
            AtomicFile.WriteOwn(path, content.ToArray());
            count++;
        }

        return count;
    }

    // runs/ab/abcd…/0123…: anything else is not a run, wherever its name may lead.
    private static bool IsRun(string name) => name.Split('/') is [Prefix, { Length: 2 } start, { Length: 64 } key, { Length: 64 } value] && key.StartsWith(start, StringComparison.Ordinal) && key.All(char.IsAsciiHexDigit) && value.All(char.IsAsciiHexDigit);

    private static IEnumerable<ObjectId> Objects(string path) => (TrackedFile.Parse(path, File.ReadAllBytes(path)).Find("outs")?.Items ?? []).Select(entry => FileRecord.Read(entry)?.Id).OfType<ObjectId>();
}
