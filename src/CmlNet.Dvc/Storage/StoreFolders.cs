using CmlNet.Dvc.Project;

namespace CmlNet.Dvc.Storage;

/// <summary>Makes the folders of a store.</summary>
/// <param name="root">Absolute path of the store.</param>
/// <param name="isShared">A group writes to it.</param>
internal sealed class StoreFolders(string root, bool isShared)
{
    private const int ReadOnlyFileSystem = 30; // EROFS, which the runtime gives as it is

    /// <summary>Makes a folder and those above it; in a shared store the group may write to those that were made here, and others are their owner's.</summary>
    /// <exception cref="DvcException">There is a link in the way.</exception>
    public void Create(string folder)
    {
        CheckLinks(folder);
        var made = new List<string>();
        for (string? next = folder; isShared && next is not null && next.Length >= root.Length && !Directory.Exists(next); next = Path.GetDirectoryName(next))
            made.Add(next);
        try
        {
            Directory.CreateDirectory(folder);
        }
        catch (Exception e) when (IsClosed(folder, e))
        {
            throw CannotWrite(folder, e);
        }

        foreach (string one in made)
        {
            if (OperatingSystem.IsWindows())
                break;
            try
            {
                File.SetUnixFileMode(one, UnixFileMode.SetGroup | (UnixFileMode)0b111_111_101);
            }
            catch (UnauthorizedAccessException)
            {
                // Another user made it in the same moment, and sets its mode.
            }
        }
    }

    /// <summary>Whether a failure to write below the store is because nothing can be written there, and not because something cannot be read.</summary>
    /// <param name="path">What was to be written.</param>
    /// <param name="error">What was thrown.</param>
    public static bool IsClosed(string path, Exception error)
    {
        if (error is not UnauthorizedAccessException && error is not IOException { HResult: ReadOnlyFileSystem })
            return false;
        string probe = FileLinker.TemporaryName(Path.Combine(Nearest(path), "x"));
        try
        {
            File.Create(probe).Dispose();
            File.Delete(probe);
            return false;
        }
        catch (Exception e) when (e is UnauthorizedAccessException or IOException)
        {
            return true;
        }
    }

    /// <summary>What to say then.</summary>
    public DvcException CannotWrite(string path, Exception error) =>
        new($"new data cannot be put into the cache {root}: {Nearest(path)} cannot be written to. Get permission to write there, or use another cache for this copy of the project: dvc cache dir --local FOLDER", innerException: error);

    private static string Nearest(string path)
    {
        string at = path;
        while (!Directory.Exists(at) && Path.GetDirectoryName(at) is { } above)
            at = above;
        return at;
    }

    // The store may be a link, as its owner likes; in it there are none, unless a repository brought them.
    private void CheckLinks(string folder)
    {
        for (string? next = folder; next is not null && next.Length > root.Length; next = Path.GetDirectoryName(next))
        {
            if (new FileInfo(next).LinkTarget is not null)
                throw new DvcException($"{next} is a link in the cache; remove it");
        }
    }
}
