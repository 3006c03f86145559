using CmlNet.Workflows.Execution.Workspace;
using Microsoft.Extensions.Logging;

namespace CmlNet.Workflows.Execution.Directories;

/// <summary>Removes a scratch directory that a job filled: read-only folders in it are no obstacle, links are never followed.</summary>
internal static class ScratchRemoval
{
    private const UnixFileMode All = UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute;

    public static async Task RemoveAsync(string path, ILogger logger, TimeProvider time)
    {
        const int Attempts = 3;
        for (int attempt = 1; Directory.Exists(path); attempt++)
        {
            try
            {
                MakeWritable(new DirectoryInfo(path));
                Directory.Delete(path, recursive: true);
                return;
            }
            catch (Exception e) when (e is IOException or UnauthorizedAccessException)
            {
                if (attempt == Attempts)
                {
                    Log.CannotRemove(logger, path, e.Message);
                    return;
                }
                // A process that is just ending may still write; cleanup is not cancelled with the run.
                await Task.Delay(TimeSpan.FromMilliseconds(100), time, CancellationToken.None);
            }
        }
    }

    private static void MakeWritable(DirectoryInfo directory)
    {
        if (OperatingSystem.IsWindows() || Environment.IsPrivilegedProcess || directory.LinkTarget is not null)
            return;
        // Only where it is needed: what another user made, and left open, cannot be changed but removed.
        if (!directory.UnixFileMode.HasFlag(All) && FileKinds.IsOwn(directory.FullName))
            directory.UnixFileMode |= All;
        foreach (DirectoryInfo child in directory.EnumerateDirectories())
            MakeWritable(child);
    }
}
