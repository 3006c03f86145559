using System.Runtime.InteropServices;

namespace CmlNet.Workflows.Execution.Workspace;

/// <summary>What kind of file a path is, without opening it (opening a FIFO would wait for ever).</summary>
internal static partial class FileKinds
{
    private const int AtCurrentDirectory = -100;
    private const int AtSymlinkNoFollow = 0x100;
    private const uint StatxType = 0x1;
    private const uint StatxOwner = 0x8;
    private const ushort TypeMask = 0xF000;

    /// <summary>Never follows a link. On systems without <c>statx</c> every file counts as regular.</summary>
    public static FileKind Of(string path)
    {
        if (!OperatingSystem.IsLinux())
            return new FileInfo(path).LinkTarget is null ? FileKind.Regular : FileKind.Link;
        if (Statx(AtCurrentDirectory, path, AtSymlinkNoFollow, StatxType, out StatxBuffer buffer) != 0)
            return FileKind.Missing;
        return (buffer.Mode & TypeMask) switch
        {
            0x8000 => FileKind.Regular,
            0x4000 => FileKind.Directory,
            0xA000 => FileKind.Link,
            _ => FileKind.Special,
        };
    }

    /// <summary>The file itself, not what a link leads to, belongs to the user who runs us. True on systems without <c>statx</c>.</summary>
    public static bool IsOwn(string path) =>
        !OperatingSystem.IsLinux() || (Statx(AtCurrentDirectory, path, AtSymlinkNoFollow, StatxOwner, out StatxBuffer buffer) == 0 && buffer.Owner == EffectiveUser());

    [LibraryImport("libc", EntryPoint = "geteuid")]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static partial uint EffectiveUser();

    [LibraryImport("libc", EntryPoint = "statx", StringMarshalling = StringMarshalling.Utf8, SetLastError = true)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static partial int Statx(int directory, string path, int flags, uint mask, out StatxBuffer buffer);

    /// <summary>struct statx: the same 256 bytes on every architecture; only owner and mode are read.</summary>
    [StructLayout(LayoutKind.Explicit, Size = 256)]
    private struct StatxBuffer
    {
        [FieldOffset(20)]
        public uint Owner;

        [FieldOffset(28)]
        public ushort Mode;
    }
}
