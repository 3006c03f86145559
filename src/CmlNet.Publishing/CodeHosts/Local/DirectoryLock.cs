namespace CmlNet.Publishing.CodeHosts.Local;

/// <summary>Keeps the processes that write one directory apart: an exclusively opened <c>.lock</c> file, released by the system when its process ends.</summary>
internal static class DirectoryLock
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(15);

    /// <exception cref="PublishingException">Nobody let go of it for 30 s, or it cannot be made.</exception>
    public static async Task<IDisposable> TakeAsync(string directory, TimeProvider time, CancellationToken cancellationToken)
    {
        string path = Path.Combine(directory, ".lock");
        long start = time.GetTimestamp();
        while (true)
        {
            try
            {
                return new FileStream(path, FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None);
            }
            catch (IOException e) when (File.Exists(path) && time.GetElapsedTime(start) < Patience && e is not (DirectoryNotFoundException or FileNotFoundException))
            {
                await Task.Delay(Pause, time, cancellationToken);
            }
            catch (Exception e) when (e is IOException or UnauthorizedAccessException)
            {
                throw new PublishingException($"cannot lock '{path}': {e.Message} Check that the directory is writable and that no other cml hangs.", e);
            }
        }
    }
}
