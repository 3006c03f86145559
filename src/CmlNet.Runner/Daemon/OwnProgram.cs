using CmlNet.Runner.Configuration;

namespace CmlNet.Runner.Daemon;

/// <summary>
/// The program that is mounted into runners' containers, at a path that the engine's machine has too: a daemon that is in a
/// container itself puts a copy into its data folder, which is then to be a folder of the machine at the same path.
/// </summary>
internal static class OwnProgram
{
    public static bool IsInContainer => File.Exists("/.dockerenv") || File.Exists("/run/.containerenv");

    /// <param name="program">The running program; null when there is none that could be mounted.</param>
    /// <param name="dataDirectory">The daemon's.</param>
    /// <param name="isInContainer">Whether the program's own path means nothing to the engine.</param>
    /// <exception cref="RunnerConfigurationException">The copy cannot be written.</exception>
    public static string? Place(string? program, string dataDirectory, bool isInContainer)
    {
        if (program is null || !isInContainer)
            return program;
        string target = Path.Combine(dataDirectory, "bin", "cml");
        try
        {
            Directory.CreateDirectory(Path.GetDirectoryName(target)!); // in a folder: Combine put it there
            // Another name first: containers that have the old one mounted keep it.
            File.Copy(program, target + ".new", overwrite: true);
            if (!OperatingSystem.IsWindows())
                File.SetUnixFileMode(target + ".new", (UnixFileMode)0b111_101_101);
            File.Move(target + ".new", target, overwrite: true);
            return target;
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            throw new RunnerConfigurationException($"{target} cannot be written: {exception.Message} Set 'data' to a folder that this user may write.", exception);
        }
    }
}
