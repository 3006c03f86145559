using CmlNet.Dvc.Hashing;
using CmlNet.Dvc.Project;
using CmlNet.Dvc.Revisions;
using CmlNet.Dvc.Stages;
using CmlNet.Dvc.Storage;

namespace CmlNet.Dvc.Data;

/// <summary>Every tracked path with its hash: as the records of a revision have it, or as it lies in the work tree.</summary>
public sealed class DataSnapshot
{
    /// <summary>Nothing tracked.</summary>
    public static readonly DataSnapshot Empty = new();

    private readonly SortedDictionary<string, ObjectId> _paths = new(StringComparer.Ordinal);
    private readonly HashSet<string> _opaque = new(StringComparer.Ordinal);

    /// <summary>Paths relative to the root; a folder ends in a slash, its files follow when it is known which they are.</summary>
    public IReadOnlyDictionary<string, ObjectId> Paths => _paths;

    /// <summary>Objects that the records name and the cache has not.</summary>
    public IReadOnlyList<string> NotInCache { get; private set; } = [];

    /// <summary>What the files of a revision say.</summary>
    public static DataSnapshot OfRecords(ProjectIndex index, DvcProject project, bool isGranular)
    {
        ArgumentNullException.ThrowIfNull(index);
        ArgumentNullException.ThrowIfNull(project);
        var snapshot = new DataSnapshot();
        var missing = new List<string>();
        foreach ((_, Output output) in index.Outputs.Where(item => item.Output.IsCached))
        {
            if (output.Recorded?.Id is not { } id)
                continue;
            bool isThere = project.Cache.Contains(id);
            if (!isThere || (id.IsDirectory && !project.Cache.ContainsAll(id)))
                missing.Add(id.IsDirectory ? output.Path + "/" : output.Path);
            snapshot.Add(output.Path, id, isGranular && id.IsDirectory && isThere ? project.Cache.Listing(id) : null);
        }

        snapshot.NotInCache = missing;
        return snapshot;
    }

    /// <summary>What lies in the work tree at the outputs of an index.</summary>
    public static DataSnapshot OfWorkTree(ProjectIndex index, DvcProject project, bool isGranular, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(index);
        var commit = new OutputCommit(project);
        var snapshot = new DataSnapshot();
        foreach ((_, Output output) in index.Outputs.Where(item => item.Output.IsCached))
        {
            if (commit.Hash(output.Path, output.Recorded, cancellationToken) is { } content)
                snapshot.Add(output.Path, content.Id, isGranular ? content.Listing : null);
        }

        return snapshot;
    }

    /// <summary>The project's files at a commit.</summary>
    /// <exception cref="DvcException">No such revision.</exception>
    public static ProjectIndex IndexAt(DvcProject project, string revision)
    {
        ArgumentNullException.ThrowIfNull(project);
        GitRepository repository = project.Repository ?? throw new DvcException("not in a git repository, so there is no revision to compare with");
        string sha = repository.Commit(revision) ?? throw new DvcException($"unknown Git revision '{revision}'");
        using GitObjects objects = GitObjects.Open(repository) ?? throw new DvcException("git cannot be started; install it");
        return ProjectIndex.Read(new CommitRevision(revision, sha, objects), project.Config, project.PathInRepository);
    }

    /// <summary>Added, deleted, modified and moved paths. In a folder of which one side does not know the files, they are not compared.</summary>
    public static IReadOnlyList<DataChange> Compare(DataSnapshot old, DataSnapshot now)
    {
        ArgumentNullException.ThrowIfNull(old);
        ArgumentNullException.ThrowIfNull(now);
        var changes = new List<DataChange>();
        bool IsKnown(string path) => !old.Hides(path) && !now.Hides(path);
        var deleted = new SortedSet<string>(old.Paths.Keys.Where(path => !now.Paths.ContainsKey(path) && IsKnown(path)), StringComparer.Ordinal);
        Dictionary<ObjectId, Queue<string>> byContent = deleted.GroupBy(path => old.Paths[path]).ToDictionary(group => group.Key, group => new Queue<string>(group));
        foreach ((string path, ObjectId id) in now.Paths)
        {
            if (old.Paths.TryGetValue(path, out ObjectId? before))
            {
                if (before.Value != id.Value)
                    changes.Add(new DataChange(path, before, id));
                continue;
            }

            if (!IsKnown(path))
                continue;
            string? from = byContent.TryGetValue(id, out Queue<string>? moved) && moved.TryDequeue(out string? other) ? other : null;
            if (from is not null)
                deleted.Remove(from);
            changes.Add(new DataChange(path, from is null ? null : id, id, from));
        }

        changes.AddRange(deleted.Select(path => new DataChange(path, old.Paths[path], null)));
        return changes;
    }

    private bool Hides(string path)
    {
        for (string folder = RelativePath.Folder(path.TrimEnd('/')); folder.Length > 0 && _opaque.Count > 0; folder = RelativePath.Folder(folder))
        {
            if (_opaque.Contains(folder))
                return true;
        }

        return false;
    }

    private void Add(string path, ObjectId id, DirectoryListing? listing)
    {
        _paths[id.IsDirectory ? path + "/" : path] = id;
        if (id.IsDirectory && listing is null)
            _opaque.Add(path);
        foreach ((string file, string hash) in listing?.Files ?? [])
            _paths[$"{path}/{file}"] = ObjectId.Parse(hash, id.IsLegacy);
    }
}
