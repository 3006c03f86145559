using System.Runtime.InteropServices;

namespace CmlNet.Dvc.Hashing;

/// <summary>A folder of which many files are going to be opened. Where it cannot be held open they are opened by their whole path.</summary>
internal sealed partial class OpenFolder : IDisposable
{
    // Read-only, a folder, not for child processes.
    private const int Flags = 0x10000 | 0x80000;

    /// <param name="path">Absolute.</param>
    public OpenFolder(string path)
    {
        Path = path;
        // The flag's number differs between processors.
        bool isKnown = OperatingSystem.IsLinux() && RuntimeInformation.ProcessArchitecture == Architecture.X64;
        Descriptor = isKnown ? NativeOpen(path, Flags) : -1;
    }

    /// <summary>Absolute.</summary>
    public string Path { get; }

    /// <summary>-1 when it is not held open.</summary>
    public int Descriptor { get; }

    public void Dispose()
    {
        if (Descriptor >= 0)
            _ = NativeClose(Descriptor);
    }

    [LibraryImport("libc", EntryPoint = "open", StringMarshalling = StringMarshalling.Utf8)]
    private static partial int NativeOpen(string path, int flags);

    [LibraryImport("libc", EntryPoint = "close")]
    private static partial int NativeClose(int descriptor);
}
