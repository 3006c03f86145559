using System.Runtime.InteropServices;

namespace CmlNet.Containers.Process;

/// <summary>What a process may have been started to ignore.</summary>
public static partial class InheritedSignals
{
    private const int Interrupt = 2;
    private const int Quit = 3;

    /// <summary>
    /// Lets this process, and all it starts, heed SIGINT and SIGQUIT again, which a shell makes its background processes ignore (POSIX.1-2017, 2.11).
    /// Called before anything else looks at signals.
    /// </summary>
    public static void Heed()
    {
        if (OperatingSystem.IsWindows())
            return;
        SetHandler(Interrupt, 0);
        SetHandler(Quit, 0);
    }

    [LibraryImport("libc", EntryPoint = "signal")]
    private static partial nint SetHandler(int signal, nint handler);
}
