using System.Buffers;
using System.Collections.Concurrent;
using System.Globalization;
using System.Runtime.InteropServices;
using CmlNet.Dvc.Project;
using Microsoft.Win32.SafeHandles;

namespace CmlNet.Dvc.Storage;

/// <summary>Makes one file out of another by the first of the given link types that the file systems allow.</summary>
internal sealed partial class FileLinker(IReadOnlyList<LinkType> types)
{
    private const nuint FiClone = 0x40049409;
    private const UnixFileMode Writable = (UnixFileMode)0b110_100_100;

    private static readonly SearchValues<char> HexDigits = SearchValues.Create("0123456789abcdef");

    private readonly ConcurrentDictionary<LinkType, bool> _refused = new();

    /// <summary>The types still worth trying, best first.</summary>
    public LinkType Preferred => types.FirstOrDefault(type => !_refused.ContainsKey(type), LinkType.Copy);

    /// <summary>Puts <paramref name="target"/> in place in one step: what was there is replaced.</summary>
    /// <returns>What it became.</returns>
    /// <exception cref="DvcException">None of the link types can be made here.</exception>
    public LinkType Link(string source, string target, bool isExecutable)
    {
        string temporary = TemporaryName(target);
        foreach (LinkType type in types)
        {
            // Executable is a property of the file, and a shared file has one for all.
            if (_refused.ContainsKey(type) || !Try(type, source, temporary, target))
                continue;
            if (type is LinkType.Reflink or LinkType.Copy && !OperatingSystem.IsWindows())
                File.SetUnixFileMode(temporary, isExecutable ? Writable | UnixFileMode.UserExecute | UnixFileMode.GroupExecute | UnixFileMode.OtherExecute : Writable);
            File.Move(temporary, target, overwrite: true);
            return type;
        }

        throw new DvcException($"none of the link types {string.Join(", ", types).ToLowerInvariant()} can be made from {source} to {target}; set another with: dvc config cache.type copy");
    }

    /// <summary>A name beside the target that no other process takes.</summary>
    public static string TemporaryName(string target)
    {
        Span<byte> random = stackalloc byte[16];
        _ = Guid.NewGuid().TryWriteBytes(random); // its own text is compiled while the program runs
        return Path.Combine(Path.GetDirectoryName(target)!, string.Create(CultureInfo.InvariantCulture, $".{BitConverter.ToUInt64(random):x16}{BitConverter.ToUInt64(random[8..]):x16}.tmp")); // a file has a folder
    }

    /// <summary>Whether a file has such a name: what a process left that was killed.</summary>
    public static bool IsTemporaryName(ReadOnlySpan<char> name) => name.Length == 37 && name[0] == '.' && name.EndsWith(".tmp") && !name[1..33].ContainsAnyExcept(HexDigits);

    private bool Try(LinkType type, string source, string target, string path)
    {
        bool made = type switch
        {
            LinkType.Reflink => TryClone(source, target),
            LinkType.Hardlink => TryHardLink(source, target),
            LinkType.Symlink => TrySymbolicLink(source, target),
            _ => TryCopy(source, target, path),
        };
        if (!made)
            _refused[type] = true;
        return made;
    }

    private static bool TryCopy(string source, string target, string path)
    {
        Copy(source, target, path);
        return true;
    }

    /// <summary>Copies a file; of a copy that fails nothing is left.</summary>
    /// <param name="source">The file.</param>
    /// <param name="target">The copy.</param>
    /// <param name="path">What it is to become.</param>
    /// <exception cref="IOException">It cannot be read, or not be written: the disk is full.</exception>
    public static void Copy(string source, string target, string path)
    {
        try
        {
            File.Copy(source, target, overwrite: true);
        }
        catch (IOException e)
        {
            File.Delete(target);
            throw new IOException($"{path} cannot be made from {source}: {e.Message}{DiskRoom.AdviceFor(e)}", e);
        }
    }

    private static bool TrySymbolicLink(string source, string target)
    {
        try
        {
            File.CreateSymbolicLink(target, source);
            return true;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return false; // the next link type is tried
        }
    }

    /// <summary>A second name of the same file; false where the file systems do not allow it. A link is not followed, and is refused.</summary>
    public static bool TryHardLink(string source, string target) => !OperatingSystem.IsWindows() && new FileInfo(source).LinkTarget is null && MakeHardLink(source, target) == 0;

    /// <summary>A second file on the same blocks; false where the file system has no such thing.</summary>
    public static bool TryClone(string source, string target)
    {
        if (!OperatingSystem.IsLinux())
            return false;
        using (SafeFileHandle from = File.OpenHandle(source))
        using (SafeFileHandle to = File.OpenHandle(target, FileMode.Create, FileAccess.Write))
        {
            if (Ioctl(to, FiClone, from) == 0)
                return true;
        }

        File.Delete(target);
        return false;
    }

    [LibraryImport("libc", EntryPoint = "ioctl", SetLastError = true)]
    private static partial int Ioctl(SafeFileHandle target, nuint request, SafeFileHandle source);

    [LibraryImport("libc", EntryPoint = "link", StringMarshalling = StringMarshalling.Utf8, SetLastError = true)]
    private static partial int MakeHardLink(string source, string target);
}
