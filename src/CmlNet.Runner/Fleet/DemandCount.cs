using CmlNet.Runner.Configuration;
using CmlNet.Runner.Jobs;
using CmlNet.Runner.Journal;
using Microsoft.Extensions.Logging;

namespace CmlNet.Runner.Fleet;

/// <summary>
/// How many runners a pool's jobs need. GitHub's count has been seen at zero and far too high while jobs ran (ARC issues 3420,
/// 4397): the journal's stands beside it. Whoever has it guards it.
/// </summary>
/// <param name="pool">Its limits.</param>
/// <param name="openJobs">How many jobs are assigned or running as far as the journal knows.</param>
/// <param name="times">When GitHub's count is no longer believed.</param>
/// <param name="time">The clock.</param>
/// <param name="logger">Told of a count that is not believed.</param>
internal sealed class DemandCount(PoolConfiguration pool, Func<int> openJobs, FleetTimes times, TimeProvider time, ILogger logger)
{
    private readonly HashSet<long> _completed = [];
    private long _lastStart = time.GetTimestamp();

    // GitHub's count, until it says another: without it the runner that was stopped for it would be started again, and again.
    private int? _disbelieved;

    public JobDemand Said { get; private set; } = new();

    /// <summary>Runners that have ended while what was said last still has their jobs in it.</summary>
    public int Ended { get; private set; }

    /// <summary>GitHub has said something.</summary>
    public void Take(JobDemand demand)
    {
        Said = demand;
        if (!demand.IsQuiet || demand.Assigned != _disbelieved)
            _disbelieved = null;
        Ended = 0;
        _completed.Clear();
    }

    /// <summary>A runner has got a job.</summary>
    public void NoteStart() => _lastStart = time.GetTimestamp();

    /// <summary>The word of a job's end has come, after what was said last.</summary>
    public void NoteCompleted(long requestId) => _completed.Add(requestId);

    /// <summary>A runner has ended.</summary>
    /// <param name="runner">Its record.</param>
    /// <param name="isJobCompleted">The word of its job's end came before that of the container's.</param>
    public void NoteEnd(RunnerRecord runner, bool isJobCompleted)
    {
        // The demand still has its job in it, unless its end was known before the demand came: then nobody is left over for
        // whom to wait until GitHub says something again, most of a minute later.
        bool isKnown = isJobCompleted && !_completed.Contains(runner.RequestId);
        Ended += isKnown ? 0 : 1;
    }

    /// <summary>How many runners there should be; 0 where every job wants one of its own.</summary>
    public int Target(IReadOnlyCollection<RunnerEntry> runners) => Said.Wishes is not null ? 0 : Math.Min(pool.MinIdle + Assigned(runners), pool.Max);

    private int Assigned(IReadOnlyCollection<RunnerEntry> runners)
    {
        int own = Math.Max(runners.Count(entry => entry.Record.State == RunnerState.Busy), openJobs());
        int said = Said.Assigned ?? own;
        int idle = runners.Count(entry => entry.Record.State == RunnerState.Idle && entry.Elapsed > times.Stuck);
        if (said != _disbelieved && said > own && idle > pool.MinIdle && time.GetElapsedTime(_lastStart) > times.Stuck)
        {
            FleetLog.StatisticsStuck(logger, pool.Name, said, times.Stuck.TotalMinutes);
            _disbelieved = said;
        }

        return said == _disbelieved ? own : Math.Max(said, own);
    }
}
