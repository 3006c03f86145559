using CmlNet.Dvc.Hashing;
using CmlNet.Dvc.Project;
using CmlNet.Dvc.Storage;

namespace CmlNet.Dvc.Data;

/// <summary>Hashes of what lies in the work tree, on all cores. What has not changed since the last time is not read.</summary>
/// <param name="project">Whose work tree it is.</param>
/// <param name="isCopy">What is hashed lies in DVC's own folder, on its way: <c>.dvcignore</c> does not say anything about it.</param>
public sealed class WorkspaceHasher(DvcProject project, bool isCopy = false)
{
    private readonly FolderScan _scan = new(project.Root, isCopy ? Ignoring.IgnoreRules.OfCopies() : project.Ignored);

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
        return new HashedPath(ObjectId.Parse(HashFile(path, null, "", isLegacy, cancellationToken).Hash, isLegacy), status.Size, null, status.IsExecutable);
    }

    private (string Hash, long Size) HashFile(string path, OpenFolder? folder, string name, bool isLegacy, CancellationToken cancellationToken)
    {
        if (project.State.Has(path, isLegacy) && FileStatus.Read(project.FullPath(path)) is { IsFile: true } seen && project.State.Find(path, seen, isLegacy) is { } known)
            return (known, seen.Size);
        using SequentialFile file = folder is null ? SequentialFile.Open(project.FullPath(path)) : SequentialFile.Open(folder, name);
        if (file.Status is not { IsFile: true } status)
            throw new DvcException($"{path} is neither a file nor a folder; take it away, or name it in .dvcignore");
        string hash = FileHash.Compute(file, status.Size, isLegacy, cancellationToken);
        project.State.Add(path, status, isLegacy, hash);
        return (hash, status.Size);
    }

    // Who has nothing to hash reads the next folder; the others go on meanwhile.
    private HashedPath HashFolder(string path, bool isLegacy, CancellationToken cancellationToken)
    {
        var hashed = new List<KeyValuePair<string, string>[]>();
        long size = 0;
        IEnumerable<FolderRun> Work()
        {
            foreach (FolderRun files in _scan.Runs(path))
            {
                hashed.Add(files.Hashed);
                yield return files;
            }
        }

        ParallelWork.Each(Work(), Jobs, run => Interlocked.Add(ref size, HashRun(path, run, isLegacy, cancellationToken)), cancellationToken);
        var listing = DirectoryListing.Of(Joined(hashed));
        // What was hashed is remembered while the list is hashed.
        ObjectId? id = null;
        ParallelWork.Run(() => Parallel.Invoke(() => id = DirectoryListing.IdOf(listing.Serialize(), isLegacy), project.SaveState));
        return new HashedPath(id!, size, listing, IsExecutable: false); // set by the first of the two
    }

    private static KeyValuePair<string, string>[] Joined(List<KeyValuePair<string, string>[]> runs)
    {
        int count = 0;
        foreach (KeyValuePair<string, string>[] run in runs)
            count += run.Length;
        var all = new KeyValuePair<string, string>[count];
        int at = 0;
        foreach (KeyValuePair<string, string>[] run in runs)
        {
            run.CopyTo(all, at);
            at += run.Length;
        }

        return all;
    }

    private long HashRun(string path, FolderRun files, bool isLegacy, CancellationToken cancellationToken)
    {
        string prefix = $"{path}/{files.Prefix}";
        using var folder = new OpenFolder(project.FullPath(prefix));
        long sum = 0;
        for (int i = 0; i < files.Hashed.Length; i++)
        {
            string name = files.Names[i];
            (string hash, long length) = Look(prefix + name, folder, name, isLegacy, cancellationToken);
            files.Hashed[i] = KeyValuePair.Create(files.Prefix + name, hash);
            sum += length;
        }

        return sum;
    }

    private (string Hash, long Size) Look(string path, OpenFolder folder, string name, bool isLegacy, CancellationToken cancellationToken)
    {
        try
        {
            return HashFile(path, folder, name, isLegacy, cancellationToken);
        }
        catch (FileNotFoundException e)
        {
            throw new DvcException($"{path} cannot be read: it is a link that leads nowhere, its name is not UTF-8, or it has just gone. Remove it, or name it in .dvcignore.", innerException: e);
        }
    }
}
