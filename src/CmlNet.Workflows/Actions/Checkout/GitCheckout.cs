using CmlNet.Workflows.Execution.Repository;
using CmlNet.Workflows.Execution.Steps;

namespace CmlNet.Workflows.Actions.Checkout;

/// <summary>A checkout of something other than the work tree as it is: another commit, or another repository.</summary>
internal sealed class GitCheckout(StepInvocation invocation, Submodules submodules, bool wantsLargeFiles)
{
    /// <returns>A folder of ours with the files, and the sha that was checked out.</returns>
    public async Task<(string Folder, string Sha)> RunAsync(string? repository, string wantedRef, CancellationToken cancellationToken)
    {
        string source = repository is null ? invocation.Run.Request.RepositoryRoot : $"{invocation.Run.Input.ServerUrl}/{repository}.git";
        if (repository is not null && (repository.Count(c => c == '/') != 1 || repository.StartsWith('-')))
            throw new StepFailedException($"Invalid repository '{repository}'. Expected format {{owner}}/{{repo}}.");
        // Not in the job's sight: what it writes into a repository's configuration, git on this machine would obey.
        string own = Path.Combine(invocation.Run.Scratch, "checkouts", Guid.NewGuid().ToString("N"));
        Directory.CreateDirectory(own);
        string sha = await CheckOutAsync(source, wantedRef, own, cancellationToken);
        if (wantsLargeFiles && await HasLargeFilesAsync(own, sha, cancellationToken))
            throw new StepFailedException("actions/checkout with 'lfs' of another commit or repository is not supported by cml run: its large files are not here. Check out the work tree as it is, or fetch them in a step with git lfs pull.");
        if (repository is null)
            await submodules.FillAsync(own, sha, invocation.Run.Request.RepositoryRoot, cancellationToken);
        else
            await submodules.UpdateAsync(own, cancellationToken);
        return (own, sha);
    }

    private async Task<string> CheckOutAsync(string source, string wantedRef, string target, CancellationToken cancellationToken)
    {
        await GitAsync(invocation, ["clone", "--quiet", "--no-checkout", "--", source, target], target, cancellationToken);
        string commit = wantedRef.Length == 0 ? "HEAD" : wantedRef;
        string? sha = await TryResolveAsync(commit, target, cancellationToken)
            ?? await TryResolveAsync("origin/" + ShortName(commit), target, cancellationToken)
            ?? throw new StepFailedException($"A branch, tag or commit '{wantedRef}' could not be found in {source}.");
        await GitAsync(invocation, ["checkout", "--quiet", "--detach", sha], target, cancellationToken);
        return sha;
    }

    private static async Task<bool> HasLargeFilesAsync(string directory, string sha, CancellationToken cancellationToken) =>
        await new GitProgram(directory).RunAsync(["grep", "--quiet", "filter=lfs", sha, "--", ":(glob)**/.gitattributes"], cancellationToken) is { ExitCode: 0 };

    private static string ShortName(string wantedRef) =>
        wantedRef.StartsWith("refs/heads/", StringComparison.Ordinal) ? wantedRef["refs/heads/".Length..] : wantedRef;

    private static Task<string?> TryResolveAsync(string name, string directory, CancellationToken cancellationToken) =>
        new GitProgram(directory).AskAsync(["rev-parse", "--verify", "--quiet", "--end-of-options", name + "^{commit}"], cancellationToken);

    /// <exception cref="StepFailedException">It failed, or there is no git.</exception>
    public static async Task GitAsync(StepInvocation invocation, IReadOnlyList<string> arguments, string directory, CancellationToken cancellationToken)
    {
        invocation.Log.Write("git " + string.Join(' ', arguments));
        GitResult result = await new GitProgram(directory).RunAsync(arguments, cancellationToken)
            ?? throw new StepFailedException("git is needed for this checkout and was not found on PATH; install it.");
        if (result.ExitCode != 0)
            throw new StepFailedException($"git {arguments[0]} failed: {result.Error.Trim()}");
    }
}
