using System.Runtime.InteropServices;

namespace CmlNet.Containers.Process;

/// <summary>The one system call that the class library does not offer.</summary>
internal static partial class Posix
{
    // The same numbers on Linux and macOS.
    public const int Interrupt = 2;
    public const int Kill = 9;
    public const int Terminate = 15;

    /// <summary>Sends a signal to every process of a group; false when the group has no member any more (or none of ours).</summary>
    public static bool SignalGroup(int group, int signal) => group > 1 && KillProcess(-group, signal) == 0;

    /// <summary>Whether the group still has a member.</summary>
    public static bool GroupExists(int group) => SignalGroup(group, 0);

    [LibraryImport("libc", EntryPoint = "kill")]
    private static partial int KillProcess(int pid, int signal);
}
