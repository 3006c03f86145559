using System.Runtime.InteropServices;
using CmlNet.Dvc.Storage;
using Microsoft.Win32.SafeHandles;

namespace CmlNet.Dvc.Hashing;

/// <summary>
/// A file read once from its beginning. On Linux with the three calls that takes; the runtime's own open asks and locks besides,
/// which over tens of thousands of small files is most of the time.
/// </summary>
internal sealed partial class SequentialFile : IDisposable
{
    // Read-only, not for child processes, and without waiting for the other end of a pipe.
    private const int Flags = 0x80000 | 0x800;

    private readonly string _path;
    private readonly SafeFileHandle? _file;
    private readonly int _descriptor;
    private long _offset;

    private SequentialFile(string path, SafeFileHandle? file, int descriptor) => (_path, _file, _descriptor) = (path, file, descriptor);

    /// <summary>Its state now; null when it cannot be told.</summary>
    public FileStatus? Status => _file is null ? FileStatus.Read(_descriptor) : FileStatus.Read(_path);

    /// <exception cref="IOException">It cannot be opened.</exception>
    /// <exception cref="UnauthorizedAccessException">It may not be read.</exception>
    public static SequentialFile Open(string path)
    {
        int descriptor = OperatingSystem.IsLinux() ? NativeOpen(path, Flags) : -1;
        // The runtime's open again where ours failed: it says why.
        return descriptor >= 0 ? new SequentialFile(path, null, descriptor) : new SequentialFile(path, File.OpenHandle(path, options: FileOptions.SequentialScan), -1);
    }

    /// <summary>A file of a folder that is open: the way to it has been gone already.</summary>
    /// <exception cref="IOException">It cannot be opened.</exception>
    /// <exception cref="UnauthorizedAccessException">It may not be read.</exception>
    public static SequentialFile Open(OpenFolder folder, string name)
    {
        int descriptor = folder.Descriptor >= 0 ? NativeOpenAt(folder.Descriptor, name, Flags) : -1;
        return descriptor >= 0 ? new SequentialFile(name, null, descriptor) : Open($"{folder.Path}/{name}");
    }

    /// <summary>A whole file of at most 1 GiB.</summary>
    /// <exception cref="IOException">It cannot be opened or read.</exception>
    /// <exception cref="UnauthorizedAccessException">It may not be read.</exception>
    public static byte[] ReadAll(string path)
    {
        using SequentialFile file = Open(path);
        if (file.Status is not { Size: > 0 } status)
            return File.ReadAllBytes(path); // of the system's own files nobody knows the length
        byte[] content = new byte[status.Size];
        int length = file.Fill(content, content.Length);
        return length == content.Length ? content : content[..length];
    }

    /// <summary>Fills the buffer as far as the file goes.</summary>
    /// <param name="buffer">Where to.</param>
    /// <param name="expected">Bytes left as far as is known: reaching them is taken for the end. -1 when nothing is known.</param>
    public int Fill(Span<byte> buffer, long expected = -1)
    {
        int filled = 0, read;
        while (filled < buffer.Length && filled != expected && (read = Read(buffer[filled..])) > 0)
            filled += read;
        return filled;
    }

    public void Dispose()
    {
        if (_file is null)
            _ = NativeClose(_descriptor);
        else
            _file.Dispose();
    }

    private int Read(Span<byte> buffer)
    {
        int read = _file is null ? (int)NativeRead(_descriptor, buffer, (nuint)buffer.Length) : RandomAccess.Read(_file, buffer, _offset);
        if (read < 0)
            throw new IOException($"{_path} cannot be read: {Marshal.GetLastPInvokeErrorMessage()}");
        _offset += read;
        return read;
    }

    [LibraryImport("libc", EntryPoint = "open", StringMarshalling = StringMarshalling.Utf8)]
    private static partial int NativeOpen(string path, int flags);

    [LibraryImport("libc", EntryPoint = "openat", StringMarshalling = StringMarshalling.Utf8)]
    private static partial int NativeOpenAt(int folder, string name, int flags);

    [LibraryImport("libc", EntryPoint = "read", SetLastError = true)]
    private static partial nint NativeRead(int descriptor, Span<byte> buffer, nuint count);

    [LibraryImport("libc", EntryPoint = "close")]
    private static partial int NativeClose(int descriptor);
}
