using CmlNet.Dvc.Hashing;
using CmlNet.Dvc.Project;
using CmlNet.Dvc.Revisions;
using CmlNet.Dvc.Storage;

namespace CmlNet.Dvc.Data;

/// <summary>Finds the objects that nothing in use needs.</summary>
public sealed class GarbageCollection(DvcProject project)
{
    private static readonly TimeSpan Patience = TimeSpan.FromDays(1);

    /// <summary>Revisions whose records cannot be read are passed over, and what they need with them.</summary>
    public bool SkipsFailed { get; init; }

    /// <summary>Objects of the cache that are not in use.</summary>
    /// <param name="used">As <see cref="Expand"/> gives it.</param>
    public IReadOnlyList<ObjectId> Unused(IReadOnlySet<ObjectId> used) => [.. project.Cache.Objects().Where(id => !used.Contains(id))];

    /// <summary>Files that processes left that were killed. Only old ones: another process may be writing.</summary>
    public IReadOnlyList<FileInfo> Leftovers(IReadOnlySet<ObjectId> used)
    {
        ArgumentNullException.ThrowIfNull(used);
        DateTime limit = project.Time.GetUtcNow().UtcDateTime - Patience;
        // A download that was stopped is gone on with as long as somebody needs it; its name does not say of which layout it is.
        HashSet<string> hashes = [.. used.Select(id => id.Value)];
        IEnumerable<FileInfo> partial = project.Cache.Partial().Where(part => !hashes.Contains(part.Id.Value) || project.Cache.Contains(part.Id)).Select(part => part.File);
        return [.. project.Cache.Leftovers().Concat(partial).Where(file => FileStatus.LastTouched(file) < limit)];
    }

    /// <summary>The objects that records name: those of the work tree, and those of revisions.</summary>
    /// <param name="revisions">Full hashes of commits whose data stays.</param>
    /// <exception cref="DvcException">Records cannot be read: then nothing may be deleted.</exception>
    public IReadOnlySet<ObjectId> Named(IReadOnlyList<string> revisions)
    {
        ArgumentNullException.ThrowIfNull(revisions);
        var named = new HashSet<ObjectId>();
        Add(ProjectIndex.Read(project), named);
        if (revisions.Count == 0)
            return named;
        GitRepository repository = project.Repository ?? throw new DvcException("only a git repository has other revisions than the work tree; give -w");
        using GitObjects objects = GitObjects.Open(repository) ?? throw new DvcException("git cannot be started; install it");
        foreach (string revision in revisions.Distinct(StringComparer.Ordinal))
        {
            try
            {
                Add(ProjectIndex.Read(new WholeCommit(revision, repository, objects), project.Config, project.PathInRepository), named);
            }
            catch (DvcException) when (SkipsFailed)
            {
                // Asked for: what such a revision needs may go.
            }
        }

        return named;
    }

    /// <summary>The same with the files of folders.</summary>
    /// <param name="named">Objects that records name.</param>
    /// <param name="listings">Of folders that the cache does not have.</param>
    public IReadOnlySet<ObjectId> Expand(IReadOnlySet<ObjectId> named, IReadOnlyDictionary<ObjectId, DirectoryListing> listings)
    {
        ArgumentNullException.ThrowIfNull(named);
        ArgumentNullException.ThrowIfNull(listings);
        var used = new HashSet<ObjectId>(named);
        foreach (ObjectId id in named.Where(id => id.IsDirectory))
        {
            if ((project.Cache.Contains(id) ? project.Cache.Listing(id) : listings.GetValueOrDefault(id)) is { } listing)
                used.UnionWith(listing.Files.Select(file => ObjectId.Parse(file.Value, id.IsLegacy)));
        }

        return used;
    }

    private static void Add(ProjectIndex index, HashSet<ObjectId> named) => named.UnionWith(index.Outputs.Select(item => item.Output.Recorded?.Id).OfType<ObjectId>());
}
