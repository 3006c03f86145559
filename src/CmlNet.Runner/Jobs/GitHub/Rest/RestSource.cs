using System.Globalization;
using CmlNet.Runner.Configuration;

namespace CmlNet.Runner.Jobs.GitHub.Rest;

/// <summary>
/// Asks the REST API for queued jobs. Runs in progress are asked for too: a run is in progress with its first job while
/// later ones still wait. With a webhook it asks seldom, for what the webhook missed.
/// </summary>
/// <param name="client">The REST API.</param>
/// <param name="pool">Its labels and shape.</param>
/// <param name="findOpen">Jobs whose end was not heard of before the daemon was started.</param>
/// <param name="times">How often it is asked.</param>
/// <param name="time">The clock.</param>
internal sealed class RestSource(RestClient client, PoolConfiguration pool, Func<IReadOnlyList<long>> findOpen, RestTimes times, TimeProvider time) : IJobSource
{
    // Below these, the hour's budget is stretched.
    private const int Scarce = 1000;
    private const int NearlyNothing = 200;

    // GitHub lists a thousand at most.
    private const int MostPages = 10;

    private readonly Lock _gate = new();
    private readonly Dictionary<long, JobWish> _waiting = [];
    private readonly HashSet<long> _running = [];
    private IReadOnlyList<long>? _open;
    private IJobSink? _sink;

    public async Task RunAsync(IJobSink sink, CancellationToken cancellationToken)
    {
        _sink = sink;
        while (true)
        {
            await PollAsync(sink, cancellationToken);
            await sink.DemandAsync(Demand(isQuiet: true), cancellationToken);
            TimeSpan pause = pool.Mode == JobSourceKind.Webhook ? times.Reconciliation : times.Poll;
            pause *= client.Remaining switch { < NearlyNothing => 12, < Scarce => 3, _ => 1 };
            await Task.Delay(pause, time, cancellationToken);
        }
    }

    /// <summary>What GitHub has just told of a job, before the next poll.</summary>
    public async Task ApplyAsync(WorkflowJob job, CancellationToken cancellationToken)
    {
        if (_sink is not { } sink)
            return; // the first poll finds it
        await TakeAsync([job], sink, cancellationToken);
        await sink.DemandAsync(Demand(isQuiet: false), cancellationToken);
    }

    private async Task PollAsync(IJobSink sink, CancellationToken cancellationToken)
    {
        var seen = new List<WorkflowJob>();
        foreach (string status in (string[])["queued", "in_progress"])
        {
            foreach (WorkflowRun run in await RunsAsync(status, cancellationToken))
                seen.AddRange(await JobsOfAsync(run.Id, cancellationToken));
        }

        seen.AddRange(await FindEndedAsync(seen, cancellationToken));
        await TakeAsync(seen, sink, cancellationToken);
    }

    // A run that has ended is on neither list; its jobs that were running, or came and went between two polls, or while there was no
    // daemon, are looked up by number.
    private async Task<IReadOnlyList<WorkflowJob>> FindEndedAsync(List<WorkflowJob> seen, CancellationToken cancellationToken)
    {
        long[] missing;
        _open ??= findOpen();
        lock (_gate)
            missing = [.. _running.Union(_waiting.Keys).Union(_open).Except(seen.Select(job => job.Id))];
        var ended = new List<WorkflowJob>();
        foreach (long id in missing)
        {
            try
            {
                ended.Add((await client.GetAsync($"actions/jobs/{id.ToString(CultureInfo.InvariantCulture)}", $"look up job {id}", cancellationToken)).Read(GitHubJson.Default.WorkflowJob, $"look up job {id}"));
            }
            catch (GitHubException exception) when (exception.Status == System.Net.HttpStatusCode.NotFound)
            {
                lock (_gate)
                {
                    // Its run was deleted.
                    _running.Remove(id);
                    _waiting.Remove(id);
                }
            }
        }

        _open = [];
        return ended;
    }

    private Task<List<WorkflowRun>> RunsAsync(string status, CancellationToken cancellationToken) => PagesAsync(
        $"actions/runs?status={status}",
        $"list {status} runs",
        answer => answer.Read(GitHubJson.Default.RunList, "list runs") is { } page ? (page.Total, page.Runs ?? []) : (0, []),
        cancellationToken);

    // Those that have ended are among them: a matrix of 256 jobs has its last ones on the third page to its end.
    private Task<List<WorkflowJob>> JobsOfAsync(long run, CancellationToken cancellationToken) => PagesAsync(
        $"actions/runs/{run.ToString(CultureInfo.InvariantCulture)}/jobs?filter=latest",
        $"list the jobs of run {run}",
        answer => answer.Read(GitHubJson.Default.JobList, $"list the jobs of run {run}") is { } page ? (page.Total, page.Jobs ?? []) : (0, []),
        cancellationToken);

    private async Task<List<T>> PagesAsync<T>(string path, string purpose, Func<GitHubResponse, (int Total, IReadOnlyList<T> Page)> read, CancellationToken cancellationToken)
    {
        var all = new List<T>();
        for (int page = 1; page <= MostPages; page++)
        {
            (int total, IReadOnlyList<T> found) = read(await client.GetAsync($"{path}&per_page=100&page={page.ToString(CultureInfo.InvariantCulture)}", purpose, cancellationToken));
            all.AddRange(found);
            if (found.Count == 0 || all.Count >= total)
                break;
        }

        return all;
    }

    private Task TakeAsync(IReadOnlyList<WorkflowJob> jobs, IJobSink sink, CancellationToken cancellationToken)
    {
        var notices = new List<JobNotice>();
        lock (_gate)
        {
            foreach (WorkflowJob job in jobs)
            {
                if (JobLabels.Match(job, pool) is not { } wish)
                    continue;
                Sort(job, wish);
                notices.Add(Notice(job));
            }
        }

        return sink.StoreAsync(notices, cancellationToken);
    }

    private void Sort(WorkflowJob job, JobWish wish)
    {
        // Forward only: a late message about a job that has begun does not make it wait again.
        if (job.Status is "queued" && !_running.Contains(job.Id))
        {
            _waiting[job.Id] = wish;
            return;
        }

        if (job.Status is not ("in_progress" or "completed"))
            return; // waiting for an approval, pending: not yet to be run
        _waiting.Remove(job.Id);
        if (job.Status == "completed")
            _running.Remove(job.Id);
        else
            _running.Add(job.Id);
    }

    private JobNotice Notice(WorkflowJob job)
    {
        string[] path = client.Scope.ApiPath.Split('/');
        return new JobNotice
        {
            Stage = job.Status switch { "completed" => JobStage.Completed, "in_progress" => JobStage.Started, _ => JobStage.Available },
            RequestId = job.Id,
            Owner = path[^2],
            Repository = path[^1],
            JobId = job.Id.ToString(CultureInfo.InvariantCulture),
            Name = JobText.Clean(job.Name),
            Workflow = JobText.Clean(job.WorkflowName),
            RunId = job.RunId,
            Labels = job.Labels ?? [],
            Queued = job.CreatedAt,
            RunnerName = JobText.Clean(job.RunnerName),
            RunnerId = job.RunnerId ?? 0,
            Result = job.Status == "completed" ? JobText.Clean(job.Conclusion) : null,
        };
    }

    private JobDemand Demand(bool isQuiet)
    {
        lock (_gate)
            return new JobDemand { Wishes = [.. _waiting.Values.OrderBy(wish => wish.RequestId)], Running = _running.Count, IsQuiet = isQuiet };
    }
}
