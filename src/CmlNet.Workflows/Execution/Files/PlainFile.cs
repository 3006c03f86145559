using System.Runtime.InteropServices;
using Microsoft.Win32.SafeHandles;

namespace CmlNet.Workflows.Execution.Files;

/// <summary>Opens a file for reading without following a link and without waiting for a FIFO's writer.</summary>
internal static partial class PlainFile
{
    /// <exception cref="IOException">The file cannot be opened, or its last component is a link.</exception>
    public static SafeFileHandle OpenRead(string path)
    {
        if (OpenFlags() is not { } flags)
            return File.OpenHandle(path);

        SafeFileHandle handle = Open(path, flags);
        if (!handle.IsInvalid)
            return handle;

        int error = Marshal.GetLastPInvokeError();
        handle.Dispose();
        throw new IOException($"open failed: {Marshal.GetPInvokeErrorMessage(error)}");
    }

    /// <summary>O_RDONLY | O_NONBLOCK | O_NOFOLLOW | O_CLOEXEC: the values differ by kernel and processor. Null where they are not known.</summary>
    private static int? OpenFlags()
    {
        if (OperatingSystem.IsMacOS())
            return 0x4 | 0x100 | 0x1000000;
        if (!OperatingSystem.IsLinux())
            return null;
        bool arm = RuntimeInformation.ProcessArchitecture is Architecture.Arm or Architecture.Arm64;
        return 0x800 | (arm ? 0x8000 : 0x20000) | 0x80000;
    }

    [LibraryImport("libc", EntryPoint = "open", SetLastError = true, StringMarshalling = StringMarshalling.Utf8)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static partial SafeFileHandle Open(string path, int flags);
}
