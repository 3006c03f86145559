using CmlNet.Publishing;
using CmlNet.Publishing.CodeHosts;
using CmlNet.Publishing.Comments;
using CmlNet.Publishing.Detection;
using CmlNet.Runner.Configuration;
using CmlNet.Runner.Jobs.GitHub;
using CmlNet.Runner.Jobs.GitHub.Rest;
using CmlNet.Runner.Journal;
using Microsoft.Extensions.Logging;

namespace CmlNet.Runner.Harvest;

/// <summary>Renders a job's report and posts it with the daemon's own token, so that pull requests from forks get theirs too.</summary>
internal sealed class ReportPosting(GitHubRunLookup lookup, GitHubScope scope, IGitHubCredentials credentials, SqliteJournal journal, string directory, TimeProvider time, ILogger logger)
{
    private readonly Baselines _baselines = new(directory);

    /// <exception cref="GitHubException">GitHub cannot be reached, or refused.</exception>
    /// <exception cref="PublishingException">As above.</exception>
    public async Task PostAsync(JobRecord job, string runner, PoolConfiguration pool, CancellationToken cancellationToken)
    {
        string folder = HarvestCollector.FolderOf(directory, runner);
        if (!Directory.Exists(folder))
            return; // posted, and the daemon was killed before it could say so
        WorkflowRun run = await lookup.FindRunAsync(job, cancellationToken);
        // Posted already, when there is an address: the daemon was killed while it cleared up, and some of the files may be gone.
        string? report = journal.FindReport(runner) is not null ? null : HarvestReport.Build(folder, pool.Report.Title, pool.Report.HasBaseline ? _baselines.Find(job, run) : null, time.GetUtcNow(), reason => HarvestLog.ConfigurationRefused(logger, pool.Name, runner, reason), cancellationToken);
        if (report is not null)
        {
            if (pool.Report.HasResources && UsageSampler.Read(journal, runner) is { Samples: > 0 } usage)
                report += UsageTable.Render(usage);
            Comment comment = await SendAsync(job, run, runner, pool, folder, report, cancellationToken);
            journal.SaveReport(runner, comment.Url?.ToString() ?? "");
            HarvestLog.Posted(logger, pool.Name, job.Name, comment.Url?.ToString() ?? "");
        }

        if (pool.Report.HasBaseline && Baselines.IsWorthKeeping(job, run, await lookup.FindDefaultBranchAsync(job, cancellationToken)))
        {
            HarvestReport.RemoveAssets(folder);
            _baselines.Keep(folder, job, run);
            return;
        }

        Directory.Delete(folder, recursive: true);
    }

    private async Task<Comment> SendAsync(JobRecord job, WorkflowRun run, string runner, PoolConfiguration pool, string folder, string report, CancellationToken cancellationToken)
    {
        int? pullRequest = await lookup.FindPullRequestAsync(job, run, cancellationToken);
        var context = new PublishingContext
        {
            Driver = "github",
            Repository = scope.RepositoryUrl(job.Owner, job.Repository),
            ApiBase = scope.ApiBase,
            Token = await credentials.GetTokenAsync(cancellationToken),
            Sha = run.HeadSha,
            Branch = run.HeadBranch,
            PullRequest = pullRequest,
            Workflow = run.Name,
            RunId = job.RunId.ToString(System.Globalization.CultureInfo.InvariantCulture),
        };
        using var services = new PublishingServices(new PublishingOptions { WorkingDirectory = folder, Context = context, Time = time }, logger);
        // An update in either case: what was posted just before a crash is found again by its mark, and not posted twice.
        string label = pool.Report.IsUpdated ? $"{run.Name}/{job.Name}" : runner;
        return await services.OpenCommentPublisher(folder).PublishAsync(new CommentRequest { Report = report, IsUpdate = true, WatermarkLabel = Plain(label) }, cancellationToken);
    }

    // A label stands in the mark's address: names of jobs may hold anything.
    private static string Plain(string label) => string.Concat(label.Take(100).Select(c => char.IsAsciiLetterOrDigit(c) || c is '-' or '_' or '.' ? c : '-'));
}
