using System.Runtime.InteropServices;

namespace CmlNet.Dvc.Storage;

/// <summary>What tells one version of a file from the next without reading it. Links are followed.</summary>
[StructLayout(LayoutKind.Auto)]
internal readonly partial record struct FileStatus(long Size, long Modified, ulong Inode, uint Mode)
{
    private const int CurrentDirectory = -100;
    private const int EmptyPath = 0x1000;
    private const uint BasicStats = 0x7ff;
    private const uint TypeMask = 0xf000;

    public bool IsDirectory => (Mode & TypeMask) == 0x4000;

    public bool IsFile => (Mode & TypeMask) == 0x8000;

    public bool IsExecutable => (Mode & 0x40) != 0;

    /// <summary>As the cache protects its objects: nobody may write.</summary>
    public bool IsProtected => (Mode & 0xfff) == 0x124;

    /// <summary>Null when there is nothing, or a link that leads nowhere. <see cref="Modified"/> is in nanoseconds.</summary>
    public static FileStatus? Read(string path)
    {
        if (OperatingSystem.IsLinux())
            return Statx(CurrentDirectory, path, 0, BasicStats, out StatxBuffer found) == 0 ? Of(found) : null;
        FileSystemInfo info = Directory.Exists(path) ? new DirectoryInfo(path) : new FileInfo(path);
        if (!info.Exists)
            return null;
        uint mode = OperatingSystem.IsWindows() ? 0x1a4 : (uint)info.UnixFileMode;
        return new FileStatus(info is FileInfo file ? file.Length : 0, info.LastWriteTimeUtc.Ticks * 100, 0, mode | (info is FileInfo ? 0x8000u : 0x4000u));
    }

    /// <summary>Of an open file, on Linux.</summary>
    public static FileStatus? Read(int descriptor) => Statx(descriptor, "", EmptyPath, BasicStats, out StatxBuffer found) == 0 ? Of(found) : null;

    /// <summary>When a file was last written or, one of several names of it, given another: a hard link is as old as what it was made of.</summary>
    public static DateTime LastTouched(FileInfo file)
    {
        if (!OperatingSystem.IsLinux() || Statx(CurrentDirectory, file.FullName, 0, BasicStats, out StatxBuffer found) != 0 || found.Links < 2)
            return file.LastWriteTimeUtc;
        return DateTime.UnixEpoch.AddSeconds(found.Changed);
    }

    private static FileStatus Of(in StatxBuffer found) => new((long)found.Size, found.Seconds * 1_000_000_000 + found.Nanoseconds, found.Inode, found.Mode);

    [LibraryImport("libc", EntryPoint = "statx", StringMarshalling = StringMarshalling.Utf8)]
    private static partial int Statx(int directory, string path, int flags, uint mask, out StatxBuffer found);

    // struct statx of linux/stat.h: the same on every architecture.
    [StructLayout(LayoutKind.Explicit, Size = 256)]
    private struct StatxBuffer
    {
        [FieldOffset(16)]
        public uint Links;

        [FieldOffset(28)]
        public ushort Mode;

        [FieldOffset(32)]
        public ulong Inode;

        [FieldOffset(40)]
        public ulong Size;

        [FieldOffset(96)]
        public long Changed;

        [FieldOffset(112)]
        public long Seconds;

        [FieldOffset(120)]
        public uint Nanoseconds;
    }
}
