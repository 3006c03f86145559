using CmlNet.Runner.Configuration;

namespace CmlNet.Runner.Daemon;

/// <summary>One daemon for each data folder: two would remove each other's runners.</summary>
internal static class DaemonLock
{
    /// <exception cref="RunnerConfigurationException">Another daemon has it, or the folder cannot be written.</exception>
    public static IDisposable Take(string directory)
    {
        string path = Path.Combine(directory, "lock");
        try
        {
            Create(directory);
            // The kernel lets go of it when the process ends, however it ends.
            return new FileStream(path, FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            throw new RunnerConfigurationException(
                File.Exists(path) && exception is IOException
                    ? $"Another daemon uses {directory}. Stop it, or give this one a 'data' folder of its own."
                    : $"The folder {directory} cannot be used: {exception.Message} Set 'data' to one that this user may write.",
                exception);
        }
    }

    // Reports and job names are nobody else's business. It may be there already, made by an engine that was to mount it, or by somebody for a group.
    private static void Create(string directory)
    {
        const UnixFileMode Others = UnixFileMode.OtherRead | UnixFileMode.OtherWrite | UnixFileMode.OtherExecute;
        if (OperatingSystem.IsWindows())
        {
            Directory.CreateDirectory(directory);
            return;
        }

        Directory.CreateDirectory(directory, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
        UnixFileMode mode = File.GetUnixFileMode(directory);
        if ((mode & Others) != UnixFileMode.None)
            File.SetUnixFileMode(directory, mode & ~Others);
    }
}
