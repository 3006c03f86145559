using CmlNet.Dvc.Project;
using CmlNet.Dvc.Stages;
using CmlNet.Dvc.Storage;

namespace CmlNet.Dvc.Data;

/// <summary>Makes the work tree what the records say, from the cache. Content that is in no cache is not overwritten unless asked.</summary>
public sealed class Checkout(DvcProject project, bool isForced, bool relinks = false)
{
    private readonly WorkspaceHasher _hasher = new(project);

    /// <summary>One output.</summary>
    /// <returns>What was done.</returns>
    /// <exception cref="DvcException">Something there is neither in the cache nor expected, or an object is missing.</exception>
    public CheckoutChange Apply(Output output, string part, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(output);
        if (output.Recorded?.Id is not { } id)
            return CheckoutChange.None;
        SafePath.Check(project, output.Path);
        return id.IsDirectory ? ApplyFolder(output.Path, id, part, cancellationToken) : ApplyFile(output.Path, id, output.Recorded.IsExecutable, cancellationToken);
    }

    /// <summary>Deletes what was tracked and no longer is.</summary>
    public void Remove(string path, ObjectId? id, CancellationToken cancellationToken)
    {
        SafePath.Check(project, path);
        string full = project.FullPath(path);
        if (!isForced && _hasher.Hash(path, id?.IsLegacy ?? false, cancellationToken) is { } present && !IsSaved(present))
            throw NotSaved(path);
        if (Directory.Exists(full) && new FileInfo(full).LinkTarget is null)
            Directory.Delete(full, recursive: true);
        else
            File.Delete(full);
    }

    private CheckoutChange ApplyFile(string path, ObjectId id, bool isExecutable, CancellationToken cancellationToken)
    {
        HashedPath? present = _hasher.Hash(path, id.IsLegacy, cancellationToken);
        if (present?.Id == id && !relinks)
            return CheckoutChange.None;
        if (!project.Cache.Contains(id))
            throw new MissingObjectException(path, id);
        string full = project.FullPath(path);
        if (present is not null && present.Id != id)
        {
            if (!isForced && !IsSaved(present))
                throw NotSaved(path);
            if (present.Listing is not null)
                Directory.Delete(full, recursive: true);
        }

        Place(path, id, isExecutable);
        return present is null ? CheckoutChange.Added : present.Id == id ? CheckoutChange.None : CheckoutChange.Modified;
    }

    private CheckoutChange ApplyFolder(string path, ObjectId id, string part, CancellationToken cancellationToken)
    {
        HashedPath? present = _hasher.Hash(path, id.IsLegacy, cancellationToken);
        if (present?.Id == id && !relinks)
            return CheckoutChange.None;
        if (!project.Cache.Contains(id))
            throw new MissingObjectException(path, id);
        if (present is { Listing: null })
        {
            if (!isForced && !IsSaved(present))
                throw NotSaved(path);
            File.Delete(project.FullPath(path));
        }

        bool IsMeant(string file) => RelativePath.IsWithin(file, part);
        Dictionary<string, string> wanted = project.Cache.Listing(id).Files.Where(file => IsMeant(file.Key)).ToDictionary(StringComparer.Ordinal);
        Dictionary<string, string> there = present?.Listing?.Files.Where(file => IsMeant(file.Key)).ToDictionary(StringComparer.Ordinal) ?? [];
        var missing = wanted.Where(file => !project.Cache.Contains(ObjectId.Parse(file.Value, id.IsLegacy)) && there.GetValueOrDefault(file.Key) != file.Value).Select(file => file.Key).ToList();
        if (missing.Count > 0)
            throw new MissingObjectException($"{path}/{missing[0]}", ObjectId.Parse(wanted[missing[0]], id.IsLegacy));
        RemoveOthers(path, there, wanted, id.IsLegacy);
        Directory.CreateDirectory(project.FullPath(path));
        // Whoever works here has the project's lock: nobody is in the middle of making one of these.
        foreach (string left in Directory.EnumerateFiles(project.FullPath(path), ".*.tmp", new EnumerationOptions { RecurseSubdirectories = true, AttributesToSkip = FileAttributes.ReparsePoint }).Where(left => FileLinker.IsTemporaryName(Path.GetFileName(left))))
            File.Delete(left);
        var options = new ParallelOptions { MaxDegreeOfParallelism = Math.Max(2, Environment.ProcessorCount), CancellationToken = cancellationToken };
        ParallelWork.Run(() => Parallel.ForEach(wanted.Where(file => relinks || there.GetValueOrDefault(file.Key) != file.Value), options, file => Place($"{path}/{file.Key}", ObjectId.Parse(file.Value, id.IsLegacy), isExecutable: false)));
        return present is null ? CheckoutChange.Added : CheckoutChange.Modified;
    }

    private void RemoveOthers(string path, Dictionary<string, string> there, Dictionary<string, string> wanted, bool isLegacy)
    {
        List<string> changed = [.. there.Where(file => wanted.GetValueOrDefault(file.Key) != file.Value).Select(file => file.Key)];
        if (!isForced && changed.Find(file => !project.Cache.Contains(ObjectId.Parse(there[file], isLegacy))) is { } unsaved)
            throw NotSaved($"{path}/{unsaved}");
        // A folder inside may be a link to elsewhere.
        foreach (string file in changed)
            SafePath.CheckInner(project, $"{path}/{file}");
        foreach (string file in changed.Where(file => !wanted.ContainsKey(file)))
        {
            string full = project.FullPath($"{path}/{file}");
            File.Delete(full);
            for (string? folder = Path.GetDirectoryName(full); folder is not null && folder.Length > project.FullPath(path).Length && !Directory.EnumerateFileSystemEntries(folder).Any(); folder = Path.GetDirectoryName(folder))
                Directory.Delete(folder);
        }
    }

    private void Place(string path, ObjectId id, bool isExecutable)
    {
        string full = project.FullPath(path);
        SafePath.CreateFolderOf(project, path);
        if (Directory.Exists(full))
            Directory.Delete(full, recursive: true); // a folder of that name with only files that are not wanted
        project.Linker.Link(project.Cache.PathOf(id), full, isExecutable);
        if (FileStatus.Read(full) is { } status)
            project.State.Add(path, status, id.IsLegacy, id.Value);
    }

    private bool IsSaved(HashedPath present) => present.Listing is null
        ? project.Cache.Contains(present.Id)
        : present.Listing.Files.All(file => project.Cache.Contains(ObjectId.Parse(file.Value, present.Id.IsLegacy)));

    private static DvcException NotSaved(string path) => new($"unable to remove '{path}' without a confirmation: it is not in the cache and would be lost. Use `-f` to force, or save it with: dvc commit");
}
