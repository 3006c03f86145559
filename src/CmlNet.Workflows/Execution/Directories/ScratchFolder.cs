using Microsoft.Extensions.Logging;

namespace CmlNet.Workflows.Execution.Directories;

/// <summary>A run's temporary folder, removed whatever happens.</summary>
internal sealed class ScratchFolder : IAsyncDisposable
{
    private readonly string _path;
    private readonly ILogger _logger;
    private readonly TimeProvider _time;

    public ScratchFolder(string path, ILogger logger, TimeProvider time)
    {
        (_path, _logger, _time) = (path, logger, time);
        // Not readable for others: event payloads and scripts may hold what they should not see.
        if (OperatingSystem.IsWindows())
            Directory.CreateDirectory(path);
        else
            Directory.CreateDirectory(path, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
        OwnerFile.Write(path);
    }

    /// <summary>Removes the folders beside this one whose runs were killed before they could.</summary>
    public async Task RemoveLeftoversAsync()
    {
        foreach (string other in Directory.GetDirectories(Path.GetDirectoryName(_path)!)) // never a root: it is <tree>/.cml/tmp
        {
            if (other == _path || !OwnerFile.IsOfDead(other))
                continue;
            await ScratchRemoval.RemoveAsync(other, _logger, _time);
            Log.RemovedLeftoverFolder(_logger, other);
        }
    }

    public async ValueTask DisposeAsync()
    {
        await ScratchRemoval.RemoveAsync(_path, _logger, _time);
        string parent = Path.GetDirectoryName(_path)!; // never a root: it is <tree>/.cml/tmp
        try
        {
            Directory.Delete(parent);
        }
        catch (IOException)
        {
            // Another run is using it.
        }
    }
}
