using System.Runtime.InteropServices;
using Microsoft.Win32.SafeHandles;

namespace CmlNet.Publishing.Assets;

/// <summary>Linux calls that .NET does not offer: the type of a file without opening it, and opening without waiting for a pipe's writer.</summary>
internal static partial class NativeFile
{
    private const int CurrentDirectory = -100;
    private const int EmptyPath = 0x1000;
    private const uint TypeMask = 0x1;
    private const int ReadNonBlockingCloseOnExec = 0x800 | 0x80000;
    private const int PathOnlyCloseOnExec = 0x200000 | 0x80000;
    private const int ModeOffset = 28;
    private const int FileTypeBits = 0xF000;
    private const int RegularType = 0x8000;
    private const int DirectoryType = 0x4000;

    /// <summary>Follows links.</summary>
    public static FileKind KindOf(string path) => Kind(CurrentDirectory, path, 0);

    public static FileKind KindOf(SafeFileHandle handle) => Kind((int)handle.DangerousGetHandle(), "", EmptyPath);

    public static SafeFileHandle? OpenForReading(string path) => Open(path, ReadNonBlockingCloseOnExec);

    /// <summary>The path without links; null when there is nothing.</summary>
    public static string? Canonical(string path)
    {
        using SafeFileHandle? handle = Open(path, PathOnlyCloseOnExec);
        return handle is null ? null : Canonical(handle);
    }

    public static string? Canonical(SafeFileHandle handle) => new FileInfo($"/proc/self/fd/{(int)handle.DangerousGetHandle()}").LinkTarget;

    private static SafeFileHandle? Open(string path, int flags)
    {
        int descriptor = OpenFile(path, flags);
        return descriptor < 0 ? null : new SafeFileHandle(descriptor, ownsHandle: true);
    }

    private static FileKind Kind(int directory, string path, int flags)
    {
        Span<byte> status = stackalloc byte[256];
        if (Statx(directory, path, flags, TypeMask, ref MemoryMarshal.GetReference(status)) != 0)
            return FileKind.Missing;
        return (BitConverter.ToUInt16(status[ModeOffset..]) & FileTypeBits) switch
        {
            RegularType => FileKind.Regular,
            DirectoryType => FileKind.Directory,
            _ => FileKind.Other,
        };
    }

    [LibraryImport("libc", EntryPoint = "open", StringMarshalling = StringMarshalling.Utf8, SetLastError = true)]
    private static partial int OpenFile(string path, int flags);

    [LibraryImport("libc", EntryPoint = "statx", StringMarshalling = StringMarshalling.Utf8, SetLastError = true)]
    private static partial int Statx(int directory, string path, int flags, uint mask, ref byte status);
}
