using CmlNet.Dvc.Hashing;
using CmlNet.Dvc.Project;
using CmlNet.Dvc.Storage;

namespace CmlNet.Dvc.Data;

/// <summary>Puts what lies in the work tree into the cache, files before the folder's own object, and links the work tree to it where links are asked for.</summary>
public sealed class CacheWriter(DvcProject project)
{
    /// <param name="path">Relative to the project's root.</param>
    /// <param name="content">What lies there, just hashed.</param>
    /// <param name="links">The work tree's files may become links, where such are asked for.</param>
    /// <param name="cancellationToken">Stops it; what is in the cache by then is whole.</param>
    /// <exception cref="DvcException">A file changed meanwhile.</exception>
    public void Add(string path, HashedPath content, bool links, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(content);
        if (content.Listing is null)
        {
            AddFile(path, content.Id, links);
            return;
        }

        var options = new ParallelOptions { MaxDegreeOfParallelism = Math.Max(2, Environment.ProcessorCount), CancellationToken = cancellationToken };
        ParallelWork.Run(() => Parallel.ForEach(content.Listing.Files, options, file => AddFile($"{path}/{file.Key}", ObjectId.Parse(file.Value, content.Id.IsLegacy), links)));
        project.Cache.AddListing(content.Id, content.Listing.Serialize());
    }

    private void AddFile(string path, ObjectId id, bool links)
    {
        string full = project.FullPath(path);
        LinkType link = project.Linker.Preferred;
        bool isLinked = links && link is (LinkType.Hardlink or LinkType.Symlink);
        if (FileStatus.Read(full) is not { } before)
            throw Changed(path);
        // What was hashed and is unchanged since is what its hash says; of a file changed a moment before, the clock cannot tell.
        bool isKnown = project.State.Find(path, before, id.IsLegacy) == id.Value;
        if (!project.Cache.Contains(id))
        {
            if (!project.Cache.AddCopy(id, full, isLinked, isKnown))
                throw Changed(path);
            // As one file with the object it has another mode by now.
            if (FileStatus.Read(full) is not { } after || after with { Mode = before.Mode } != before)
            {
                project.Cache.Remove(id);
                throw Changed(path);
            }
        }
        else if (isLinked && !isKnown && FileHash.Compute(full, before.Size, id.IsLegacy, CancellationToken.None) != id.Value)
        {
            throw Changed(path);
        }

        if (!isLinked || (link == LinkType.Hardlink && IsLinked(id, before)))
            return;
        project.Linker.Link(project.Cache.PathOf(id), full, before.IsExecutable);
        Remember(full, path, id);
    }

    private static DvcException Changed(string path) => new($"{path} changed while it was added; try again when nothing writes to it");

    private bool IsLinked(ObjectId id, in FileStatus status) => FileStatus.Read(project.Cache.PathOf(id)) is { } cached && cached.Inode == status.Inode && status.Inode != 0;

    private void Remember(string full, string path, ObjectId id)
    {
        if (FileStatus.Read(full) is { } status)
            project.State.Add(path, status, id.IsLegacy, id.Value);
    }
}
