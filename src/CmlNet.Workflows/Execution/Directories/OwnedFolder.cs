using System.Security.Cryptography;

namespace CmlNet.Workflows.Execution.Directories;

/// <summary>A temporary folder that only this user gets into. It names its owner, so that a later run can remove what a killed one left.</summary>
internal sealed class OwnedFolder : IDisposable
{
    private const string Prefix = "cml-";

    private OwnedFolder(string path) => Path = path;

    public string Path { get; }

    /// <exception cref="IOException"/>
    /// <exception cref="UnauthorizedAccessException"/>
    public static OwnedFolder Create(string parent)
    {
        string path = System.IO.Path.Combine(parent, Prefix + RandomNumberGenerator.GetHexString(12, lowercase: true));
        if (OperatingSystem.IsWindows())
            Directory.CreateDirectory(path);
        else
            Directory.CreateDirectory(path, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
        var folder = new OwnedFolder(path);
        try
        {
            OwnerFile.Write(path);
            return folder;
        }
        catch
        {
            folder.Dispose();
            throw;
        }
    }

    /// <summary>Removes this user's folders in <paramref name="parent"/> whose owners were killed.</summary>
    /// <exception cref="IOException"/>
    /// <exception cref="UnauthorizedAccessException"/>
    public static void RemoveLeftovers(string parent)
    {
        foreach (string folder in Directory.EnumerateDirectories(parent, Prefix + "*").Where(OwnerFile.IsOfDead))
        {
            try
            {
                Directory.Delete(folder, recursive: true);
            }
            catch (Exception e) when (e is IOException or UnauthorizedAccessException)
            {
                // Another run was quicker.
            }
        }
    }

    public void Dispose()
    {
        try
        {
            Directory.Delete(Path, recursive: true);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            // Empty but for what a job may have put there; a later run tries again.
        }
    }
}
