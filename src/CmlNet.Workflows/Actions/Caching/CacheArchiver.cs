using CmlNet.Workflows.Execution.Files;
using CmlNet.Workflows.Execution.Steps;

namespace CmlNet.Workflows.Actions.Caching;

/// <summary>
/// Packs and unpacks with the job's own <c>tar</c>, inside the job: it reaches what is in the image, keeps modes and owners, and an archive
/// full of links can do no more than the job itself. Only the one archive file crosses over.
/// </summary>
internal static class CacheArchiver
{
    private const string Pack = """
        archive=$1; root=$2; shift 2; cd "$root" || exit 2
        n=$#
        while [ "$n" -gt 0 ]; do p=$1; shift; n=$((n-1)); if [ -e "$p" ] || [ -L "$p" ]; then set -- "$@" "$p"; fi; done
        [ "$#" -gt 0 ] || exit 3
        tar -czf "$archive" "$@"
        """;

    private const int NothingThere = 3;

    public static async Task SaveAsync(StepInvocation invocation, CacheRequest request, CancellationToken cancellationToken)
    {
        if (request.Store.Has(request.Key))
        {
            invocation.Log.Write($"Cache hit occurred on the primary key {request.Key}, not saving cache.");
            return;
        }
        string name = $"cache-{Guid.NewGuid():N}.tgz";
        (int exitCode, _, string error) = await JobCommand.AskAsync(
            invocation,
            ["sh", "-c", Pack, "sh", $"{invocation.State.Paths.Temp}/{name}", request.ArchiveRoot, .. request.Members(cancellationToken)],
            cancellationToken);
        if (exitCode == NothingThere)
        {
            invocation.Log.Write("##[warning]Path Validation Error: Path(s) specified in the action for caching do(es) not exist, hence no cache is being saved.");
            return;
        }
        if (exitCode != 0)
        {
            // As the real action: a cache that cannot be saved does not fail the job.
            invocation.Log.Write($"##[warning]Failed to save: tar failed in the job ({LastLine(error)}).");
            return;
        }
        string archive = Path.Combine(invocation.State.Paths.HostTemp, name);
        try
        {
            long size = request.Store.Add(request.Key, archive);
            invocation.Log.Write($"Cache saved with key: {request.Key} ({Sizes.Text(size)}; all caches in .cml/cache: {Sizes.Text(request.Store.TotalSize())})");
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            invocation.Log.Write($"##[warning]Failed to save: {e.Message}");
        }
        TryDelete(archive);
    }

    public static async Task<bool> RestoreAsync(StepInvocation invocation, CacheRequest request, string archive, CancellationToken cancellationToken)
    {
        string name = $"cache-{Guid.NewGuid():N}.tgz";
        string copy = Path.Combine(invocation.State.Paths.HostTemp, name);
        Copy(archive, copy);
        (int exitCode, _, string error) = await JobCommand.AskAsync(
            invocation,
            ["sh", "-c", "cd \"$1\" && tar -xzf \"$2\"", "sh", request.ArchiveRoot, $"{invocation.State.Paths.Temp}/{name}"],
            cancellationToken);
        TryDelete(copy);
        if (exitCode != 0)
            invocation.Log.Write($"##[warning]Failed to restore: tar failed in the job ({LastLine(error)}).");
        return exitCode == 0;
    }

    /// <summary>By handles: the archive may be a link that the repository holds, and the job can put one in the place of the copy.</summary>
    private static void Copy(string archive, string copy)
    {
        using var input = new FileStream(PlainFile.OpenRead(archive), FileAccess.Read);
        using var output = new FileStream(copy, FileMode.CreateNew, FileAccess.Write);
        if (!OperatingSystem.IsWindows())
            File.SetUnixFileMode(output.SafeFileHandle, (UnixFileMode)0b110_100_100);
        input.CopyTo(output);
    }

    private static string LastLine(string text) => text.Split('\n')[^1];

    private static void TryDelete(string path)
    {
        try
        {
            File.Delete(path);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            // Written by the job's user: it goes with the job's directories.
            return;
        }
    }
}
