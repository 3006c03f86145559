using CmlNet.Workflows.Execution.Repository;
using CmlNet.Workflows.Execution.Steps;

namespace CmlNet.Workflows.Actions.Remote;

/// <summary>Actions of other repositories in a cache by commit; what is missing comes as one commit, by the <c>git</c> program.</summary>
/// <param name="cache">The cache's folder.</param>
/// <param name="serverUrl"><c>github.server_url</c>.</param>
internal sealed class ActionDownload(string cache, string serverUrl)
{
    private static readonly TimeSpan Limit = TimeSpan.FromMinutes(5);

    /// <summary>The folder with the repository's files at that commit.</summary>
    /// <exception cref="StepFailedException">It is not in the cache and cannot be had.</exception>
    public async Task<string> GetAsync(RemoteReference reference, CancellationToken cancellationToken)
    {
        string repository = Path.Combine(cache, reference.Repository);
        string url = $"{serverUrl.TrimEnd('/')}/{reference.Repository}";
        string note = Path.Combine(repository, "refs", Uri.EscapeDataString(reference.Ref));
        if (reference.IsCommit && Directory.Exists(Path.Combine(repository, reference.Ref)))
            return Path.Combine(repository, reference.Ref);
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        limit.CancelAfter(Limit);
        try
        {
            string commit = reference.IsCommit ? reference.Ref : await ResolveAsync(reference, url, limit.Token);
            string folder = Path.Combine(repository, commit);
            if (!Directory.Exists(folder))
                await FetchAsync(url, commit, folder, limit.Token);
            Directory.CreateDirectory(Path.GetDirectoryName(note)!);
            await File.WriteAllTextAsync(note, commit, limit.Token);
            return folder;
        }
        catch (Exception e) when ((e is StepFailedException or OperationCanceledException) && !cancellationToken.IsCancellationRequested)
        {
            // Without network, the commit that a tag named last time still serves.
            if (!reference.IsCommit && File.Exists(note) && Path.Combine(repository, (await File.ReadAllTextAsync(note, cancellationToken)).Trim()) is var last && Directory.Exists(last))
                return last;
            string reason = e is OperationCanceledException ? $"no answer within {Limit.TotalMinutes} minutes" : e.Message;
            throw new StepFailedException($"{reference} is not in the cache ({cache}) and cannot be downloaded from {url}: {reason}. Give a local copy with --action {reference}=DIR", e);
        }
    }

    private static async Task<string> ResolveAsync(RemoteReference reference, string url, CancellationToken cancellationToken)
    {
        string answer = await GitAsync(["ls-remote", "--quiet", "--", url, $"refs/tags/{reference.Ref}^{{}}", $"refs/tags/{reference.Ref}", $"refs/heads/{reference.Ref}"], Path.GetTempPath(), cancellationToken);
        string[] lines = answer.Split('\n', StringSplitOptions.RemoveEmptyEntries);
        string? line = Array.Find(lines, line => line.EndsWith("^{}", StringComparison.Ordinal)) ?? Array.Find(lines, line => line.Contains("\trefs/tags/", StringComparison.Ordinal)) ?? lines.FirstOrDefault();
        string commit = line?.Split('\t')[0] ?? throw new StepFailedException($"there is no tag or branch '{reference.Ref}'");
        return commit.Length == 40 && commit.All(char.IsAsciiHexDigitLower) ? commit : throw new StepFailedException("the server gave no commit");
    }

    /// <summary>Complete before it appears under its name.</summary>
    private static async Task FetchAsync(string url, string commit, string folder, CancellationToken cancellationToken)
    {
        string staging = $"{folder}.{Guid.NewGuid():N}";
        Directory.CreateDirectory(staging);
        try
        {
            await GitAsync(["init", "--quiet", "."], staging, cancellationToken);
            await GitAsync(["fetch", "--quiet", "--depth=1", "--no-tags", "--", url, commit], staging, cancellationToken);
            await GitAsync(["checkout", "--quiet", "--detach", commit], staging, cancellationToken);
            Directory.Delete(Path.Combine(staging, ".git"), recursive: true);
            if (!Directory.Exists(folder))
                Directory.Move(staging, folder);
        }
        finally
        {
            if (Directory.Exists(staging))
                Directory.Delete(staging, recursive: true);
        }
    }

    private static async Task<string> GitAsync(IReadOnlyList<string> arguments, string directory, CancellationToken cancellationToken)
    {
        GitResult result = await new GitProgram(directory).RunAsync(arguments, cancellationToken) ?? throw new StepFailedException("git was not found on PATH");
        return result.ExitCode == 0 ? result.Output : throw new StepFailedException(LastLine(result.Error));
    }

    private static string LastLine(string text) => text.Trim().Split('\n')[^1];
}
