using CmlNet.Dvc.Hashing;
using CmlNet.Dvc.Project;
using CmlNet.Dvc.Storage;

namespace CmlNet.Dvc.Data;

/// <summary>Hashes of what lies in the work tree, on all cores. What has not changed since the last time is not read.</summary>
public sealed class WorkspaceHasher(DvcProject project)
{
    private readonly FolderScan _scan = new(project.Root, project.Ignored);

    private int Jobs => project.Config.Number("core", "checksum_jobs") is > 0 and int jobs ? jobs : Environment.ProcessorCount;

    /// <summary>Null when there is nothing at the path.</summary>
    /// <param name="path">Relative to the project's root, or rooted.</param>
    /// <param name="isLegacy">With the hash of DVC 2.</param>
    /// <param name="cancellationToken">Stops it.</param>
    /// <exception cref="DvcException">It is neither a file nor a folder, or cannot be read.</exception>
    public HashedPath? Hash(string path, bool isLegacy, CancellationToken cancellationToken)
    {
        string full = project.FullPath(path);
        if (FileStatus.Read(full) is not { } status)
            return null;
        if (status.IsDirectory)
            return HashFolder(path, isLegacy, cancellationToken);
        if (!status.IsFile)
            throw new DvcException($"{path} is neither a file nor a folder; take it away");
        return new HashedPath(ObjectId.Parse(HashFile(full, path, status, isLegacy, cancellationToken), isLegacy), status.Size, null, status.IsExecutable);
    }

    /// <summary>The hash of one file given its state; remembered.</summary>
    internal string HashFile(string full, string path, in FileStatus status, bool isLegacy, CancellationToken cancellationToken)
    {
        if (project.State.Find(path, status, isLegacy) is { } known)
            return known;
        string hash = FileHash.Compute(full, isLegacy, cancellationToken);
        project.State.Add(path, status, isLegacy, hash);
        return hash;
    }

    private HashedPath HashFolder(string path, bool isLegacy, CancellationToken cancellationToken)
    {
        List<string> files = _scan.Files(path);
        var hashed = new KeyValuePair<string, string>[files.Count];
        long size = 0;
        var options = new ParallelOptions { MaxDegreeOfParallelism = Jobs, CancellationToken = cancellationToken };
        Parallel.For(0, files.Count, options, () => 0L, (i, _, sum) =>
        {
            string below = $"{path}/{files[i]}", full = project.FullPath(below);
            if (FileStatus.Read(full) is not { } status)
                throw new DvcException($"{below} cannot be read: it is a link that leads nowhere, its name is not UTF-8, or it has just gone. Remove it, or name it in .dvcignore.");
            if (!status.IsFile)
                throw new DvcException($"{below} is neither a file nor a folder; take it away, or name it in .dvcignore");
            hashed[i] = KeyValuePair.Create(files[i], HashFile(full, below, status, isLegacy, cancellationToken));
            return sum + status.Size;
        }, sum => Interlocked.Add(ref size, sum));
        var listing = DirectoryListing.Of(hashed);
        return new HashedPath(DirectoryListing.IdOf(listing.Serialize(), isLegacy), size, listing, IsExecutable: false);
    }
}
