namespace CmlNet.Dvc.Project;

/// <summary>The lock that DVC takes on a project: <c>flock</c> on <c>.dvc/tmp/lock</c>, which <see cref="FileShare.None"/> is on Unix.</summary>
public sealed class ProjectLock : IDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(2), Pause = TimeSpan.FromMilliseconds(50);
    private readonly FileStream _file;

    private ProjectLock(FileStream file) => _file = file;

    /// <summary>Waits for whoever has it, up to two minutes or without end.</summary>
    /// <exception cref="DvcException">It was not given up in time, or its folder is a link.</exception>
    public static async Task<ProjectLock> TakeAsync(string dvcFolder, TimeProvider time, bool isPatient, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(time);
        string path = Path.Combine(dvcFolder, "tmp", "lock");
        string folder = Path.GetDirectoryName(path)!; // a file has a folder
        // A repository may hold links there.
        if (new DirectoryInfo(folder).LinkTarget is not null)
            throw new DvcException($"{folder} is a link; put a folder in its place");
        long began = time.GetTimestamp();
        while (true)
        {
            try
            {
                Directory.CreateDirectory(folder);
                if (new FileInfo(path).LinkTarget is not null)
                    File.Delete(path);
                return new ProjectLock(new FileStream(path, FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None));
            }
            catch (IOException e) when (IsTaken(e))
            {
                if (!isPatient && time.GetElapsedTime(began) >= Patience)
                    throw new DvcException($"Unable to acquire lock {path}: another process has held it for two minutes. Wait for it to end, or end it.", innerException: e);
                await Task.Delay(Pause, time, cancellationToken);
            }
            catch (Exception e) when (e is IOException or UnauthorizedAccessException)
            {
                throw new DvcException($"{path} cannot be written, and without a lock nothing is done here: get permission to write to it, or work in a copy of the project ({e.Message})", innerException: e);
            }
        }
    }

    // A sharing violation: on Unix the runtime gives the number of EWOULDBLOCK as it is. Anything else does not pass by waiting.
    private static bool IsTaken(IOException e) => e.HResult == (OperatingSystem.IsWindows() ? unchecked((int)0x80070020) : OperatingSystem.IsMacOS() || OperatingSystem.IsFreeBSD() ? 35 : 11);

    /// <summary>Gives it up.</summary>
    public void Dispose() => _file.Dispose();
}
