using CmlNet.Runner.Jobs;
using CmlNet.Runner.Jobs.GitHub.ScaleSets;
using Microsoft.Data.Sqlite;

namespace CmlNet.Runner.Journal;

/// <summary>Jobs and sessions.</summary>
internal sealed partial class SqliteJournal : ISessionStore
{
    private const string JobColumns = "pool, request_id, stage, owner, repository, job_id, name, workflow, run_id, event, seen, queued, started, completed, runner, result";

    /// <summary>Stores notices, all or none. A stage only goes forward, except that a job which was cancelled for want of a runner may be assigned again.</summary>
    /// <returns>Those that said something new.</returns>
    public IReadOnlyList<JobNotice> Store(string pool, IReadOnlyList<JobNotice> notices)
    {
        if (notices.Count == 0)
            return [];
        lock (_gate)
        {
            JobNotice[] fresh = [];
            InTransaction(() => fresh = [.. notices.Where(notice => Store(pool, notice))]);
            return fresh;
        }
    }

    public JobRecord? FindJob(string pool, long requestId) =>
        Query($"select {JobColumns} from jobs where pool = $pool and request_id = $id", ReadJob, ("$pool", pool), ("$id", requestId)) is [var found] ? found : null;

    /// <summary>The job that a runner had; null until GitHub has said.</summary>
    public JobRecord? FindJobOf(string runner) => Query($"select {JobColumns} from jobs where runner = $runner order by seen desc limit 1", ReadJob, ("$runner", runner)) is [var found] ? found : null;

    /// <summary>Newest first.</summary>
    public IReadOnlyList<JobRecord> FindRecentJobs(int count) => Query($"select {JobColumns} from jobs order by seen desc, request_id desc limit $count", ReadJob, ("$count", count));

    /// <summary>Jobs that are assigned or running as far as the notices say, and were heard of since.</summary>
    public int CountOpenJobs(string pool, DateTimeOffset since) => (int)(long)(Scalar(
        "select count(*) from jobs where pool = $pool and stage in (1, 2) and max(seen, coalesce(started, 0)) >= $since", ("$pool", pool), ("$since", ToMoment(since))) ?? 0L);

    /// <summary>Jobs whose end is not known, and that were first heard of since; the newest, and not too many.</summary>
    public IReadOnlyList<long> FindOpenJobs(string pool, DateTimeOffset since) => Query(
        "select request_id from jobs where pool = $pool and stage in (0, 1, 2) and seen >= $since order by seen desc limit 200", static row => row.GetInt64(0), ("$pool", pool), ("$since", ToMoment(since)));

    public Guid? Find(string pool) => Scalar("select session from sessions where pool = $pool", ("$pool", pool)) is string text && Guid.TryParse(text, out Guid session) ? session : null;

    public void Save(string pool, Guid? session)
    {
        if (session is { } open)
            Execute("insert or replace into sessions (pool, session) values ($pool, $session)", ("$pool", pool), ("$session", open.ToString()));
        else
            Execute("delete from sessions where pool = $pool", ("$pool", pool));
    }

    private bool Store(string pool, JobNotice notice)
    {
        DateTimeOffset now = _time.GetUtcNow();
        JobRecord? known = FindJob(pool, notice.RequestId);
        bool isRequeued = known is { Stage: JobStage.Completed, RunnerName: "" } && notice.Stage != JobStage.Completed;
        if (known is not null && notice.Stage <= known.Stage && !isRequeued)
            return false;
        bool isCompleted = notice.Stage == JobStage.Completed;
        Execute(
            $"insert or replace into jobs ({JobColumns}) values ($pool, $id, $stage, $owner, $repository, $job, $name, $workflow, $run, $event, $seen, $queued, $started, $completed, $runner, $result)",
            ("$pool", pool),
            ("$id", notice.RequestId),
            ("$stage", (int)notice.Stage),
            ("$owner", notice.Owner),
            ("$repository", notice.Repository),
            ("$job", notice.JobId),
            ("$name", notice.Name),
            ("$workflow", notice.Workflow),
            ("$run", notice.RunId),
            ("$event", notice.Event),
            ("$seen", ToMoment(isRequeued ? now : known?.Seen ?? now)),
            ("$queued", ToMoment(notice.Queued ?? known?.Queued)),
            ("$started", ToMoment(notice.Stage == JobStage.Started ? now : known?.Started)),
            ("$completed", ToMoment(isCompleted ? now : null)),
            ("$runner", notice.RunnerName.Length > 0 ? notice.RunnerName : isRequeued ? "" : known?.RunnerName ?? ""),
            ("$result", notice.Result ?? ""));
        return true;
    }

    private static JobRecord ReadJob(SqliteDataReader row) => new()
    {
        Pool = row.GetString(0),
        RequestId = row.GetInt64(1),
        Stage = (JobStage)row.GetInt32(2),
        Owner = row.GetString(3),
        Repository = row.GetString(4),
        JobId = row.GetString(5),
        Name = row.GetString(6),
        Workflow = row.GetString(7),
        RunId = row.GetInt64(8),
        Event = row.GetString(9),
        Seen = Moment(row, 10) ?? default,
        Queued = Moment(row, 11),
        Started = Moment(row, 12),
        Completed = Moment(row, 13),
        RunnerName = row.GetString(14),
        Result = row.GetString(15),
    };
}
