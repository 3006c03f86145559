using System.Runtime.InteropServices;

namespace CmlNet.Containers.Process;

/// <summary>What a process may have been started to ignore.</summary>
public static partial class InheritedSignals
{
    private const int Interrupt = 2;
    private const int Quit = 3;
    private const int BrokenPipe = 13;

    private static readonly Lock Starting = new();
    private static bool _heeds;

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
        _heeds = true;
    }

    /// <summary>
    /// Starts a process; after <see cref="Heed"/>, one that SIGPIPE ends as it does in a container without us. This process goes on
    /// ignoring it, as every .NET program does, and all it starts would too.
    /// </summary>
    internal static T Start<T>(Func<T> start)
    {
        if (!_heeds)
            return start();
        lock (Starting)
        {
            SetHandler(BrokenPipe, 0);
            try
            {
                return start();
            }
            finally
            {
                SetHandler(BrokenPipe, 1);
            }
        }
    }

    [LibraryImport("libc", EntryPoint = "signal")]
    private static partial nint SetHandler(int signal, nint handler);
}
