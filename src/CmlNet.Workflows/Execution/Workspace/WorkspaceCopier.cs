using System.Threading.Channels;

namespace CmlNet.Workflows.Execution.Workspace;

/// <summary>
/// Copies a work tree as <c>cp -a --reflink=auto</c> does (modes, times, links as links), but with one worker per core.
/// File contents go by reflink or <c>copy_file_range</c> where the file system has them (.NET's <c>File.Copy</c> tries both).
/// Sockets, FIFOs and devices are left out and named in the result.
/// </summary>
internal static class WorkspaceCopier
{
    /// <param name="source">Existing directory.</param>
    /// <param name="destination">Created if missing; files in it are overwritten.</param>
    /// <param name="exclude">Given a path relative to <paramref name="source"/>: true leaves it (and all below it) out.</param>
    /// <param name="cancellationToken">Stops between files.</param>
    /// <returns>What was copied and what was left out.</returns>
    public static async Task<WorkspaceCopy> CopyAsync(string source, string destination, Func<string, bool> exclude, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(exclude);
        var state = new CopyState(Path.GetFullPath(source), Path.GetFullPath(destination), exclude);
        Directory.CreateDirectory(state.Destination);

        using var stop = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        Channel<string> files = Channel.CreateBounded<string>(new BoundedChannelOptions(4096) { SingleWriter = true });
        Task[] workers = [.. Enumerable.Range(0, Math.Max(2, Environment.ProcessorCount)).Select(_ => Task.Run(() => CopyFilesAsync(files.Reader, state, stop), stop.Token))];
        try
        {
            await WalkAsync("", state, files.Writer, stop.Token);
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            // A worker failed and stopped the walk; its own exception is the one to report.
        }
        finally
        {
            files.Writer.TryComplete();
        }
        await Task.WhenAll(workers);
        state.RestoreDirectoryTimes();
        return new WorkspaceCopy(state.FileCount, state.SkippedPaths());
    }

    private static async Task WalkAsync(string relative, CopyState state, ChannelWriter<string> files, CancellationToken cancellationToken)
    {
        foreach (FileSystemInfo entry in new DirectoryInfo(Path.Combine(state.Source, relative)).EnumerateFileSystemInfos("*", CopyState.Everything))
        {
            string path = relative.Length == 0 ? entry.Name : relative + "/" + entry.Name;
            if (state.Exclude(path))
                continue;
            string target = Path.Combine(state.Destination, path);
            if (entry.LinkTarget is { } link)
                CopyState.Link(target, link);
            else if (entry is DirectoryInfo directory)
            {
                state.AddDirectory(directory, target);
                await WalkAsync(path, state, files, cancellationToken);
            }
            else
                await files.WriteAsync(path, cancellationToken);
        }
    }

    private static async Task CopyFilesAsync(ChannelReader<string> files, CopyState state, CancellationTokenSource stop)
    {
        try
        {
            await foreach (string path in files.ReadAllAsync(stop.Token))
                state.CopyFile(path);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            // The others stop too: a half-filled workspace is of no use.
            await stop.CancelAsync();
            throw;
        }
    }
}
