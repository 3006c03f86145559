using System.Globalization;
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

    /// <summary>False when there is no such process (or it is not ours).</summary>
    public static bool Signal(int process, int signal) => process > 1 && KillProcess(process, signal) == 0;

    /// <summary>Whether the group still has a member that runs. One that has ended and that nobody asks for does not: the first process of a container often never does.</summary>
    public static bool GroupExists(int group) => SignalGroup(group, 0) && (!OperatingSystem.IsLinux() || HasRunning(group));

    private static bool HasRunning(int group)
    {
        try
        {
            return Directory.EnumerateDirectories("/proc").Any(folder => char.IsAsciiDigit(Path.GetFileName(folder)[0]) && IsRunning(folder, group));
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            // Without /proc nobody can tell.
            return true;
        }
    }

    private static bool IsRunning(string folder, int group)
    {
        try
        {
            // proc(5): pid, the name in parentheses, which may hold anything, then the state, the parent and the group.
            var stat = File.ReadAllText($"{folder}/stat");
            var fields = stat[(stat.LastIndexOf(')') + 1)..].Split(' ', 5, StringSplitOptions.RemoveEmptyEntries);
            return fields.Length > 3 && fields[2] == group.ToString(CultureInfo.InvariantCulture) && fields[0] is not ("Z" or "X");
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            // Gone by now.
            return false;
        }
    }

    [LibraryImport("libc", EntryPoint = "kill")]
    private static partial int KillProcess(int pid, int signal);
}
