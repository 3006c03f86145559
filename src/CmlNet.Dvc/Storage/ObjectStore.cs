using System.Collections.Concurrent;
using CmlNet.Dvc.Hashing;
using CmlNet.Dvc.Project;

namespace CmlNet.Dvc.Storage;

/// <summary>A cache folder: objects by their hash, in DVC's two layouts. An object is complete or not there; what nobody may write is trusted, anything else is hashed before it is.</summary>
public sealed class ObjectStore(string root, bool isShared = false)
{
    internal const string PartialFolder = "cml-partial";

    private const UnixFileMode Protected = (UnixFileMode)0b100_100_100;

    private readonly ConcurrentDictionary<string, DirectoryListing> _listings = new(StringComparer.Ordinal);
    private readonly ConcurrentDictionary<string, bool> _folders = new(StringComparer.Ordinal);
    private readonly StoreFolders _make = new(root, isShared);
    private volatile bool _cannotClone;

    /// <summary>Absolute path.</summary>
    public string Root { get; } = root;

    /// <summary>Absolute path of an object, there or not.</summary>
    public string PathOf(ObjectId id)
    {
        ArgumentNullException.ThrowIfNull(id);
        return Path.Combine(Root, id.RelativePath);
    }

    /// <summary>Whether the object is there and whole. One that was changed is deleted.</summary>
    public bool Contains(ObjectId id)
    {
        string path = PathOf(id);
        if (FileStatus.Read(path) is not { IsFile: true } status)
            return false;
        return status.IsProtected || Verify(path, id);
    }

    /// <summary>As <see cref="Contains"/>, and for a folder every file of it too.</summary>
    public bool ContainsAll(ObjectId id)
    {
        if (!Contains(id))
            return false;
        if (!id.IsDirectory)
            return true;
        IReadOnlyList<KeyValuePair<string, string>> files = Listing(id).Files;
        bool all = true;
        ParallelWork.Run(() => all = files.Count == 0 || Parallel.For(0, files.Count, (i, state) =>
        {
            if (!Contains(ObjectId.Parse(files[i].Value, id.IsLegacy)))
                state.Stop();
        }).IsCompleted);
        return all;
    }

    /// <summary>The files of a folder.</summary>
    /// <exception cref="DvcException">The object is not in the cache, or is no list.</exception>
    public DirectoryListing Listing(ObjectId id)
    {
        if (_listings.TryGetValue(id.Value, out DirectoryListing? known))
            return known;
        string path = PathOf(id);
        if (!File.Exists(path))
            throw new DvcException($"{id.Value} is not in the cache; get it with: dvc fetch");
        return _listings[id.Value] = DirectoryListing.Parse(File.ReadAllBytes(path), id.Value);
    }

    /// <summary>Puts a copy of a file there, or a second name of it.</summary>
    /// <param name="id">What it is.</param>
    /// <param name="source">The file.</param>
    /// <param name="shares">It may become one file with the object, and be written by nobody from then on.</param>
    /// <param name="isKnown">The caller vouches for the hash; else what was copied is hashed.</param>
    /// <returns>False when the content is not what <paramref name="id"/> says; nothing is stored then.</returns>
    public bool AddCopy(ObjectId id, string source, bool shares, bool isKnown)
    {
        ArgumentNullException.ThrowIfNull(id);
        string path = PathOf(id);
        if (FileStatus.Read(path) is { IsProtected: true })
            return true;
        string temporary = Prepare(path);
        try
        {
            if (!shares || !FileLinker.TryHardLink(source, temporary))
                Copy(source, temporary, path);
        }
        catch (Exception e) when (StoreFolders.IsClosed(path, e))
        {
            throw _make.CannotWrite(path, e);
        }

        if (!isKnown && FileHash.Compute(temporary, id.IsLegacy, CancellationToken.None) != id.Value)
        {
            File.Delete(temporary);
            return false;
        }

        Publish(temporary, path);
        return true;
    }

    /// <summary>Moves a complete file there. The caller vouches for the hash.</summary>
    public void AddMoved(ObjectId id, string source)
    {
        string path = PathOf(id);
        Prepare(path);
        if (FileStatus.Read(path) is { IsProtected: true })
        {
            File.Delete(source);
            return;
        }

        Publish(source, path);
    }

    /// <summary>Stores a folder's list of files; its files must be there already.</summary>
    public void AddListing(ObjectId id, ReadOnlySpan<byte> content)
    {
        string path = PathOf(id);
        if (Contains(id))
            return;
        string temporary = Prepare(path);
        using (FileStream file = File.Create(temporary))
            file.Write(content);
        Publish(temporary, path);
    }

    /// <summary>Every object, of both layouts.</summary>
    public IEnumerable<ObjectId> Objects() => Objects(Path.Combine(Root, "files", "md5"), isLegacy: false).Concat(Objects(Root, isLegacy: true));

    /// <summary>What processes left that were killed: files that were being written. They are nothing's content.</summary>
    public IEnumerable<FileInfo> Leftovers()
    {
        foreach (string layout in (string[])[Path.Combine(Root, "files", "md5"), Root])
        {
            foreach (string folder in Directory.Exists(layout) ? Directory.EnumerateDirectories(layout).Where(IsPrefix) : [])
            {
                foreach (string file in Directory.EnumerateFiles(folder, ".*.tmp").Where(file => FileLinker.IsTemporaryName(Path.GetFileName(file))))
                    yield return new FileInfo(file);
            }
        }
    }

    /// <summary>What has been received in part, with the object it is to become.</summary>
    public IEnumerable<(ObjectId Id, FileInfo File)> Partial()
    {
        string folder = Path.Combine(Root, PartialFolder);
        foreach (string file in Directory.Exists(folder) ? Directory.EnumerateFiles(folder) : [])
        {
            string[] parts = Path.GetFileName(file).Split('.');
            if (ObjectId.TryParse(parts is [_, "dir", ..] ? parts[0] + ".dir" : parts[0], isLegacy: false) is { } id)
                yield return (id, new FileInfo(file));
        }
    }

    /// <summary>Deletes an object.</summary>
    public void Remove(ObjectId id)
    {
        string path = PathOf(id);
        if (OperatingSystem.IsWindows() && File.Exists(path))
            File.SetAttributes(path, FileAttributes.Normal);
        File.Delete(path);
    }

    private static IEnumerable<ObjectId> Objects(string root, bool isLegacy)
    {
        foreach (string folder in Directory.Exists(root) ? Directory.EnumerateDirectories(root).Where(IsPrefix) : [])
        {
            foreach (string file in Directory.EnumerateFiles(folder))
            {
                if (ObjectId.TryParse(Path.GetFileName(folder) + Path.GetFileName(file), isLegacy) is { } id)
                    yield return id;
            }
        }
    }

    private static bool IsPrefix(string folder) => Path.GetFileName(folder) is { Length: 2 } name && name.All(char.IsAsciiHexDigit);

    private static bool Verify(string path, ObjectId id)
    {
        // A .dir object is hashed as it is, whatever made the hashes inside.
        bool isWhole = string.Equals(FileHash.Compute(path, id.IsLegacy && !id.IsDirectory, CancellationToken.None), id.IsDirectory ? id.Value[..^4] : id.Value, StringComparison.Ordinal);
        try
        {
            if (isWhole)
                Protect(path);
            else
                File.Delete(path);
        }
        catch (UnauthorizedAccessException) when (isWhole)
        {
            // Another user's: it stays as it is, and is hashed again the next time.
        }

        return isWhole;
    }

    /// <summary>Makes a folder of the store, and those above it.</summary>
    /// <exception cref="DvcException">There is a link in the way.</exception>
    internal void CreateFolder(string folder) => _make.Create(folder);

    private string Prepare(string path)
    {
        string folder = Path.GetDirectoryName(path)!; // an object has a folder
        if (!_folders.ContainsKey(folder))
        {
            CreateFolder(folder);
            // Noted only now: another thread goes by it.
            _folders.TryAdd(folder, true);
        }

        return FileLinker.TemporaryName(path);
    }

    private void Copy(string source, string target, string path)
    {
        if (!_cannotClone && FileLinker.TryClone(source, target))
            return;
        _cannotClone = true;
        FileLinker.Copy(source, target, path);
        File.SetLastWriteTimeUtc(target, TimeProvider.System.GetUtcNow().UtcDateTime); // of the copy, by which a collection knows that it is new
    }

    private static void Publish(string temporary, string path)
    {
        Protect(temporary);
        File.Move(temporary, path, overwrite: true);
    }

    // In a cache shared by a group DVC asks for 0664; 0444 serves the same readers and is trusted.
    private static void Protect(string path)
    {
        if (!OperatingSystem.IsWindows())
            File.SetUnixFileMode(path, Protected);
        else
            File.SetAttributes(path, FileAttributes.ReadOnly);
    }
}
