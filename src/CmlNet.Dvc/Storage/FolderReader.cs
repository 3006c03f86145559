using System.ComponentModel;
using System.Runtime.InteropServices;
using System.Text;

namespace CmlNet.Dvc.Storage;

/// <summary>The names in a folder, a slash after those of folders and of links to folders. The runtime's own enumeration looks at every file once more to tell that.</summary>
internal static partial class FolderReader
{
    // struct dirent of 64-bit Linux, with glibc as with musl.
    private const int TypeOffset = 18, NameOffset = 19;
    private const byte UnknownType = 0, FolderType = 4, LinkType = 10;

    /// <summary>Whether a file is wanted, by its name as it stands in the file system.</summary>
    public delegate bool NameFilter(ReadOnlySpan<byte> name);

    /// <summary>In no order; names that are not UTF-8 have U+FFFD in them.</summary>
    /// <param name="path">The folder.</param>
    /// <param name="filter">Which files; null for all. Folders are always listed.</param>
    /// <exception cref="IOException">The folder cannot be read.</exception>
    /// <exception cref="UnauthorizedAccessException">It may not be read.</exception>
    public static List<string> Read(string path, NameFilter? filter = null)
    {
        var names = new List<string>();
        nint folder = OperatingSystem.IsLinux() && Environment.Is64BitProcess ? OpenFolder(path) : 0;
        if (folder == 0)
        {
            // Another system; or the runtime says why it cannot be opened.
            foreach (FileSystemInfo entry in new DirectoryInfo(path).EnumerateFileSystemInfos("*", new EnumerationOptions { AttributesToSkip = FileAttributes.None, IgnoreInaccessible = false }))
            {
                if (entry is DirectoryInfo)
                    names.Add(entry.Name + "/");
                else if (filter?.Invoke(Encoding.UTF8.GetBytes(entry.Name)) != false)
                    names.Add(entry.Name);
            }

            return names;
        }

        try
        {
            while (true)
            {
                Marshal.SetLastSystemError(0);
                nint entry = ReadFolder(folder);
                if (entry == 0)
                    break;
                if (NameOf(entry, path, filter) is { } name)
                    names.Add(name);
            }

            if (Marshal.GetLastSystemError() is not 0 and int error)
                throw new IOException($"{path} cannot be read: {new Win32Exception(error).Message}");
            return names;
        }
        finally
        {
            _ = CloseFolder(folder);
        }
    }

    private static unsafe string? NameOf(nint entry, string path, NameFilter? filter)
    {
        byte type = Marshal.ReadByte(entry, TypeOffset);
        ReadOnlySpan<byte> bytes = MemoryMarshal.CreateReadOnlySpanFromNullTerminated((byte*)(entry + NameOffset));
        if (bytes.SequenceEqual("."u8) || bytes.SequenceEqual(".."u8))
            return null;
        if (type is not (FolderType or UnknownType or LinkType))
            return filter?.Invoke(bytes) == false ? null : Encoding.UTF8.GetString(bytes);
        string name = Encoding.UTF8.GetString(bytes);
        bool isFolder = type == FolderType || FileStatus.Read(Path.Combine(path, name)) is { IsDirectory: true };
        return isFolder ? name + "/" : filter?.Invoke(bytes) == false ? null : name;
    }

    [LibraryImport("libc", EntryPoint = "opendir", StringMarshalling = StringMarshalling.Utf8)]
    private static partial nint OpenFolder(string path);

    [LibraryImport("libc", EntryPoint = "readdir")]
    private static partial nint ReadFolder(nint folder);

    [LibraryImport("libc", EntryPoint = "closedir")]
    private static partial int CloseFolder(nint folder);
}
