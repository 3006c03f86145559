using System.Globalization;
using CmlNet.Runner.Jobs.GitHub;
using CmlNet.Runner.Jobs.GitHub.Rest;
using CmlNet.Runner.Journal;

namespace CmlNet.Runner.Harvest;

/// <summary>Asks GitHub what a job ran for. Nothing of this is taken from the job itself, which could name any pull request.</summary>
internal sealed class GitHubRunLookup(GitHubHttp http, GitHubScope scope, IGitHubCredentials credentials)
{
    private const string Accept = "application/vnd.github+json";

    public async Task<WorkflowRun> FindRunAsync(JobRecord job, CancellationToken cancellationToken) =>
        (await SendAsync(HttpMethod.Get, $"{RunPath(job)}", $"look up run {job.RunId} of {job.Owner}/{job.Repository}", cancellationToken)).Read(GitHubJson.Default.WorkflowRun, "look up a run");

    /// <summary>The open pull request whose head the run is for, from a fork too; null when there is none.</summary>
    public async Task<int?> FindPullRequestAsync(JobRecord job, WorkflowRun run, CancellationToken cancellationToken)
    {
        if (run.HeadBranch is not { Length: > 0 } branch || run.HeadRepository?.Owner?.Login is not { Length: > 0 } owner)
            return null;
        string head = Uri.EscapeDataString($"{owner}:{branch}");
        IReadOnlyList<PullRequestAnswer> open = (await SendAsync(HttpMethod.Get, $"repos/{Uri.EscapeDataString(job.Owner)}/{Uri.EscapeDataString(job.Repository)}/pulls?state=open&head={head}", "look for the pull request", cancellationToken))
            .Read(GitHubJson.Default.IReadOnlyListPullRequestAnswer, "look for the pull request");
        // The one of this commit; after another push, still the one of the branch.
        return (open.FirstOrDefault(candidate => candidate.Head?.Sha == run.HeadSha) ?? (open.Count > 0 ? open[0] : null))?.Number;
    }

    /// <summary>The repository's default branch; null when GitHub does not tell.</summary>
    public async Task<string?> FindDefaultBranchAsync(JobRecord job, CancellationToken cancellationToken)
    {
        try
        {
            return (await SendAsync(HttpMethod.Get, $"repos/{Uri.EscapeDataString(job.Owner)}/{Uri.EscapeDataString(job.Repository)}", $"look up {job.Owner}/{job.Repository}", cancellationToken))
                .Read(GitHubJson.Default.RepositoryAnswer, "look up a repository").DefaultBranch;
        }
        catch (GitHubException)
        {
            // The report is posted; only what later ones are compared with is not renewed this time.
            return null;
        }
    }

    /// <summary>Starts the failed jobs of a run again.</summary>
    public Task RerunAsync(JobRecord job, CancellationToken cancellationToken) =>
        SendAsync(HttpMethod.Post, $"{RunPath(job)}/rerun-failed-jobs", $"start run {job.RunId} of {job.Owner}/{job.Repository} again", cancellationToken);

    private static string RunPath(JobRecord job) => $"repos/{Uri.EscapeDataString(job.Owner)}/{Uri.EscapeDataString(job.Repository)}/actions/runs/{job.RunId.ToString(CultureInfo.InvariantCulture)}";

    private async Task<GitHubResponse> SendAsync(HttpMethod method, string path, string purpose, CancellationToken cancellationToken) => await http.SendAsync(
        new GitHubRequest { Method = method, Address = new Uri(scope.ApiBase, path), Purpose = purpose, Authorization = "Bearer " + await credentials.GetTokenAsync(cancellationToken), Accept = Accept, IsRetried = method == HttpMethod.Get }, cancellationToken);
}
