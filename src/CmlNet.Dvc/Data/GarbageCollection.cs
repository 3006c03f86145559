using CmlNet.Dvc.Project;
using CmlNet.Dvc.Revisions;
using CmlNet.Dvc.Stages;
using CmlNet.Dvc.Storage;

namespace CmlNet.Dvc.Data;

/// <summary>Finds the objects that nothing in use needs.</summary>
public sealed class GarbageCollection(DvcProject project)
{
    private static readonly TimeSpan Patience = TimeSpan.FromDays(1);

    /// <summary>Objects of the cache that no record of the given revisions names.</summary>
    /// <param name="revisions">Full hashes of commits whose data stays.</param>
    /// <param name="keepsWorkspace">What the work tree's files name stays.</param>
    /// <param name="inverts">Only what is named goes, everything else stays.</param>
    public IReadOnlyList<ObjectId> Unused(IReadOnlyList<string> revisions, bool keepsWorkspace, bool inverts)
    {
        HashSet<string> used = Used(revisions, keepsWorkspace);
        return [.. project.Cache.Objects().Where(id => used.Contains(Name(id)) == inverts)];
    }

    /// <summary>Files that processes left that were killed. Only old ones: another process may be writing.</summary>
    public IReadOnlyList<FileInfo> Leftovers(IReadOnlyList<string> revisions)
    {
        DateTime limit = project.Time.GetUtcNow().UtcDateTime - Patience;
        HashSet<string> used = Used(revisions, keepsWorkspace: true);
        // A download that was stopped is gone on with as long as somebody needs it.
        IEnumerable<FileInfo> partial = project.Cache.Partial().Where(part => !used.Contains(Name(part.Id)) || project.Cache.Contains(part.Id)).Select(part => part.File);
        return [.. project.Cache.Leftovers().Concat(partial).Where(file => FileStatus.LastTouched(file) < limit)];
    }

    /// <summary>The names of every object the revisions need, files of folders included.</summary>
    public HashSet<string> Used(IReadOnlyList<string> revisions, bool keepsWorkspace)
    {
        ArgumentNullException.ThrowIfNull(revisions);
        var used = new HashSet<string>(StringComparer.Ordinal);
        if (keepsWorkspace)
            Add(ProjectIndex.Read(project), used);
        if (revisions.Count == 0)
            return used;
        GitRepository repository = project.Repository ?? throw new DvcException("only a git repository has other revisions than the work tree; give -w");
        using GitObjects objects = GitObjects.Open(repository) ?? throw new DvcException("git cannot be started; install it");
        foreach (string revision in revisions.Distinct(StringComparer.Ordinal))
            Add(ProjectIndex.Read(new WholeCommit(revision, repository, objects), project.Config, project.PathInRepository), used);
        return used;
    }

    private void Add(ProjectIndex index, HashSet<string> used)
    {
        foreach ((_, Output output) in index.Outputs)
        {
            if (output.Recorded?.Id is not { } id || !used.Add(Name(id)) || !id.IsDirectory || !project.Cache.Contains(id))
                continue;
            used.UnionWith(project.Cache.Listing(id).Files.Select(file => Name(ObjectId.Parse(file.Value, id.IsLegacy))));
        }
    }

    private static string Name(ObjectId id) => id.RelativePath;
}
