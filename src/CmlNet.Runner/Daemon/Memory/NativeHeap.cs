using System.Runtime.InteropServices;

namespace CmlNet.Runner.Daemon.Memory;

/// <summary>The C library's heap: what is freed there stays with the process, in one arena for each thread that ever used it.</summary>
internal static partial class NativeHeap
{
    /// <summary>Gives it back to the system, where the library can (glibc).</summary>
    public static void Release()
    {
        if (NativeLibrary.TryLoad("libc.so.6", out nint library) && NativeLibrary.TryGetExport(library, "malloc_trim", out _))
            _ = Trim(0);
    }

    [LibraryImport("libc.so.6", EntryPoint = "malloc_trim")]
    private static partial int Trim(nuint pad);
}
