using CmlNet.Dvc.Project;
using CmlNet.Dvc.Sources;
using CmlNet.Dvc.Storage;

namespace CmlNet.Dvc.Remotes;

/// <summary>Moves the data of outputs between the cache and the remotes they belong to.</summary>
public sealed class RemoteSync(DvcProject project, RemoteStores stores, string? remote, int jobs)
{
    /// <summary>Called after each object with the number moved and the number known to be wanted.</summary>
    public Action<int, int>? Progress { get; init; }

    /// <summary>Told of each import whose own repository could not be had, with why; null to fail with it when the rest is done.</summary>
    public Action<string>? Failed { get; init; }

    /// <summary>Gets what the outputs need and the cache has not; imports come from their own repositories.</summary>
    /// <returns>How many objects were moved, and the outputs that could not be had.</returns>
    public async Task<(int Moved, IReadOnlyList<string> Missing)> FetchAsync(IReadOnlyList<SelectedOutput> outputs, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(outputs);
        int moved = 0;
        var missing = new List<string>();
        var failures = new List<string>();
        // They need no remote of this project.
        foreach (SelectedOutput item in Wanted(outputs, includesImports: true).Where(item => item.Stage.IsRepositoryImport && !project.Cache.ContainsAll(Id(item))))
        {
            var import = new RepositoryImport(project, jobs);
            try
            {
                moved += await import.FetchAsync(item.Stage, cancellationToken);
            }
            catch (Exception e) when (e is DvcException or IOException or UnauthorizedAccessException or HttpRequestException)
            {
                // The rest needs neither that repository nor this error.
                failures.Add($"{item.Stage.File}: {e.Message}");
            }

            if (!project.Cache.ContainsAll(Id(item)))
                missing.Add(item.Output.Path);
        }

        foreach (IGrouping<string?, SelectedOutput> group in Wanted(outputs, includesImports: false).Where(item => !project.Cache.ContainsAll(Id(item))).GroupBy(item => remote ?? item.Output.Remote))
        {
            (_, IRemoteStore store) = stores.Open(group.Key);
            var transfer = new Transfer(project, store, jobs) { Progress = Progress };
            Dictionary<ObjectId, List<string>> parts = group.GroupBy(Id).ToDictionary(same => same.Key, same => same.Select(item => item.Part).ToList());
            IReadOnlyCollection<ObjectId> lacking = await transfer.FetchAsync([.. parts.Keys], (id, file) => parts[id].Exists(part => RelativePath.IsWithin(file, part)), cancellationToken);
            moved += transfer.Moved;
            missing.AddRange(group.Where(item => lacking.Count > 0 && Lacks(item, lacking)).Select(item => item.Output.Path));
        }

        if (failures.Count > 0 && Failed is null)
            throw new DvcException($"imports cannot be had from their own repositories: {string.Join("; ", failures)}");
        failures.ForEach(failure => Failed!(failure)); // looked at above
        return (moved, missing);
    }

    /// <summary>Sends what the outputs need and the remotes have not.</summary>
    /// <returns>How many objects were moved, and the outputs whose data the cache has not.</returns>
    public async Task<(int Moved, IReadOnlyList<string> Missing)> PushAsync(IReadOnlyList<SelectedOutput> outputs, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(outputs);
        int moved = 0;
        var missing = new List<string>();
        foreach (IGrouping<string?, SelectedOutput> group in Wanted(outputs, includesImports: false).GroupBy(item => item.Output.Remote ?? remote))
        {
            // An output with a remote of its own is not sent anywhere else.
            if (remote is not null && group.Key != remote)
                continue;
            (_, IRemoteStore store) = stores.Open(group.Key);
            var transfer = new Transfer(project, store, jobs) { Progress = Progress };
            IReadOnlyCollection<ObjectId> lacking = await transfer.PushAsync([.. group.Select(Id).Distinct()], cancellationToken);
            moved += transfer.Moved;
            missing.AddRange(group.Where(item => lacking.Count > 0 && Lacks(item, lacking)).Select(item => item.Output.Path));
        }

        return (moved, missing);
    }

    /// <summary>How the cache differs from the remote: <c>new</c> here only, <c>deleted</c> there only, <c>missing</c> in both.</summary>
    public async Task<(string Remote, IReadOnlyList<KeyValuePair<string, string>> Changes)> CompareAsync(IReadOnlyList<SelectedOutput> outputs, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(outputs);
        (string name, IRemoteStore store) = stores.Open(remote);
        var changes = new SortedDictionary<string, string>(StringComparer.Ordinal);
        List<SelectedOutput> wanted = [.. Wanted(outputs, includesImports: false).Where(item => item.Output.Remote is null || item.Output.Remote == name)];
        List<(string Path, ObjectId Id)> objects = [.. wanted.SelectMany(Objects).Distinct()];
        HashSet<ObjectId> there = await new Transfer(project, store, jobs).PresentAsync([.. objects.Select(item => item.Id).Distinct()], cancellationToken);
        foreach ((string path, ObjectId id) in objects)
        {
            (bool isHere, bool isThere) = (project.Cache.Contains(id), there.Contains(id));
            if (isHere && isThere)
                continue;
            changes[path] = isHere ? "new" : isThere ? "deleted" : "missing";
        }

        return (name, [.. changes]);
    }

    private IEnumerable<(string Path, ObjectId Id)> Objects(SelectedOutput item)
    {
        ObjectId id = Id(item);
        yield return (item.Output.Path, id);
        if (!id.IsDirectory || !project.Cache.Contains(id))
            yield break;
        foreach ((string file, string hash) in project.Cache.Listing(id).Files)
            yield return ($"{item.Output.Path}/{file}", ObjectId.Parse(hash, id.IsLegacy));
    }

    private static IEnumerable<SelectedOutput> Wanted(IEnumerable<SelectedOutput> outputs, bool includesImports) =>
        outputs.Where(item => item.Output is { IsCached: true, IsPushed: true, Recorded.Id: not null } && (includesImports || !item.Stage.IsRepositoryImport));

    private static ObjectId Id(SelectedOutput item) => item.Output.Recorded!.Id!; // only such are looked at

    private bool Lacks(SelectedOutput item, IReadOnlyCollection<ObjectId> lacking)
    {
        ObjectId id = Id(item);
        return lacking.Contains(id) || (id.IsDirectory && project.Cache.Contains(id) && project.Cache.Listing(id).Files.Any(file => RelativePath.IsWithin(file.Key, item.Part) && lacking.Contains(ObjectId.Parse(file.Value, id.IsLegacy))));
    }
}
