using CmlNet.Runner.Daemon;
using CmlNet.Runner.Jobs;
using CmlNet.Runner.Journal;

namespace CmlNet.Runner.Fleet;

/// <summary>What job sources say of jobs, and runners' lives of themselves.</summary>
internal sealed partial class PoolFleet
{
    public Task StoreAsync(IReadOnlyList<JobNotice> notices, CancellationToken cancellationToken)
    {
        IReadOnlyList<JobNotice> fresh = _context.Journal.Store(Name, notices);
        lock (_gate)
            _open.Forget();
        foreach (JobNotice notice in fresh)
            Note(notice);
        return Task.CompletedTask;
    }

    /// <summary>Records how a runner did: one that took no job counts against the pool.</summary>
    internal void Judge(RunnerEntry entry, string? failure, bool isOutdated)
    {
        lock (_gate)
        {
            if (isOutdated)
            {
                _health.Outdate();
            }
            else if (failure is not null)
            {
                _health.Fail(failure);
                _context.Wake.Ring(); // for the end of its rest
            }
            else if (entry.StopReason is null)
            {
                _health.Forgive();
                if (entry.Record is { Wish: not 0 } record)
                    _served.Add(record.Wish, record.Name, record.RequestId != 0 ? record.RequestId : _context.Journal.FindJobOf(record.Name)?.RequestId);
            }
        }
    }

    /// <summary>A runner is gone; others may take its place.</summary>
    internal void Forget(RunnerEntry entry)
    {
        lock (_gate)
        {
            _runners.Remove(entry.Record.Name);
            _lives.Remove(entry.Record.Name);
        }

        _context.Board.Share();
        Grow();
        _context.Board.Share();
    }

    /// <summary>A runner no longer takes part in anything but its own removal.</summary>
    internal void CountEnded(RunnerEntry entry, bool hasFailed)
    {
        lock (_gate)
        {
            bool hadJob = !hasFailed && (entry.StopReason is null || entry.Record.RequestId != 0);
            if (hadJob)
                _demand.NoteEnd(entry.Record, _context.Journal.FindJob(Name, entry.Record.RequestId) is { Stage: JobStage.Completed });
        }

        _context.Board.Share();
    }

    internal void Update(RunnerEntry entry, Func<RunnerRecord, RunnerRecord> change)
    {
        lock (_gate)
        {
            RunnerRecord changed = change(entry.Record);
            // Kept before it is acted on: what is not in the journal does not exist after a crash.
            _context.Journal.Save(changed);
            entry.Record = changed;
        }

        entry.Signal();
    }

    private void Note(JobNotice notice)
    {
        JobRecord? job = _context.Journal.FindJob(Name, notice.RequestId);
        if (notice.Stage == JobStage.Completed)
            _context.Metrics.Completed(Name, notice, job);
        if (notice.RunnerName.Length == 0 || notice.Stage < JobStage.Started)
            return;
        try
        {
            Assign(notice);
        }
        finally
        {
            // Last: whoever is told asks for it by its name. A job that came and went between two polls was never said to have begun.
            if (notice.Stage == JobStage.Started || job?.Started is null)
                TellStart(notice);
            if (notice.Stage == JobStage.Completed)
                TellEnd(notice);
        }
    }

    // The runner that the notice names has that job.
    private void Assign(JobNotice notice)
    {
        lock (_gate)
        {
            if (notice.Stage == JobStage.Completed)
                _demand.NoteCompleted(notice.RequestId);
            _health.Forgive();
            _demand.NoteStart();
            _served.Learn(notice.RunnerName, notice.RequestId);
            RunnerEntry? entry = _runners.GetValueOrDefault(notice.RunnerName);
            if (notice.Stage == JobStage.Completed)
                entry?.NoteJobEnd();
            if (entry is { Record.RequestId: 0 })
            {
                Exchange(entry, notice.RequestId);
                Update(entry, record => record with { RequestId = notice.RequestId, Busy = record.Busy ?? _context.Time.GetUtcNow(), State = record.State < RunnerState.Busy ? RunnerState.Busy : record.State });
            }
        }
    }

    private void TellEnd(JobNotice notice)
    {
        _context.OnEvent?.Invoke(new DaemonEvent("job_ended", notice.JobId, notice.Result is "succeeded" or "success"));
        HasFinishedJob = true;
    }

    private void TellStart(JobNotice notice)
    {
        // A short job's runner may be gone before the message comes.
        _context.Metrics.Started(Name, notice, _context.Time.GetUtcNow());
        _context.OnEvent?.Invoke(new DaemonEvent("job_started", notice.JobId));
        FleetLog.Busy(_context.Logger, Name, notice.RunnerName, notice.Name, $"{notice.Owner}/{notice.Repository}");
    }

    // GitHub gave the runner another job than it was made for. If that one has a runner of the same kind, they have changed places;
    // otherwise the wish is open again.
    private void Exchange(RunnerEntry taker, long job)
    {
        long wish = taker.Record.Wish;
        if (wish == 0 || wish == job)
            return;
        RunnerEntry? other = _runners.Values.FirstOrDefault(entry => entry is { Record: { IsAlive: true, State: not RunnerState.Busy }, StopReason: null } && entry.Record.Wish == job);
        bool isOfSameKind = other?.Record.Labels.ToHashSet(StringComparer.OrdinalIgnoreCase).SetEquals(taker.Record.Labels) == true;
        Update(taker, record => record with { Wish = job });
        if (other is not null && isOfSameKind)
            Update(other, record => record with { Wish = wish });
    }
}
