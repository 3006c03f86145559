using CmlNet.Containers;

namespace CmlNet.Workflows.Execution.Directories;

/// <summary>
/// A run's folder in memory, for the small files that every step has: to create six of them on a disk can take longer than all else
/// that <c>cml run</c> does for a step.
/// </summary>
internal static class MemoryFolder
{
    private const string Parent = "/dev/shm";

    /// <summary>Null where there is none that containers can see and run scripts from: those files are then with the job's others.</summary>
    public static OwnedFolder? TryCreate(EngineInfo engine)
    {
        if (!engine.IsOnThisMachine || !IsUsable())
            return null;
        try
        {
            return OwnedFolder.Create(Parent);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return null;
        }
    }

    /// <summary>Removes the folders of runs that were killed.</summary>
    public static void RemoveLeftovers()
    {
        if (IsUsable())
            OwnedFolder.RemoveLeftovers(Parent);
    }

    /// <summary>A memory file system whose files may be run (proc(5), <c>/proc/pid/mounts</c>).</summary>
    private static bool IsUsable() =>
        OperatingSystem.IsLinux()
        && File.ReadLines("/proc/self/mounts").Select(line => line.Split(' ')).LastOrDefault(fields => fields[1] == Parent) is { } mount
        && mount[2] == "tmpfs"
        && !mount[3].Split(',').Contains("noexec");
}
