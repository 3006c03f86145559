using CmlNet.Dvc.Project;

namespace CmlNet.Dvc.Storage;

/// <summary>Makes the folders of a store.</summary>
/// <param name="root">Absolute path of the store.</param>
/// <param name="isShared">A group writes to it.</param>
internal sealed class StoreFolders(string root, bool isShared)
{
    /// <summary>Makes a folder and those above it; in a shared store the group may write to those that were made here, and others are their owner's.</summary>
    /// <exception cref="DvcException">There is a link in the way.</exception>
    public void Create(string folder)
    {
        CheckLinks(folder);
        var made = new List<string>();
        for (string? next = folder; isShared && next is not null && next.Length >= root.Length && !Directory.Exists(next); next = Path.GetDirectoryName(next))
            made.Add(next);
        Directory.CreateDirectory(folder);
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
