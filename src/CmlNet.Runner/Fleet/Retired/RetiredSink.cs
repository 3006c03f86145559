using CmlNet.Runner.Jobs;
using CmlNet.Runner.Journal;

namespace CmlNet.Runner.Fleet.Retired;

/// <summary>Hears of the jobs of a retired pool's own runners, and of no others: it takes none.</summary>
/// <param name="pool">The pool.</param>
/// <param name="journal">Knows which runners were its own.</param>
/// <param name="onQuiet">Told when there is no more to hear.</param>
internal sealed class RetiredSink(PoolFleet pool, SqliteJournal journal, Action onQuiet) : IJobSink
{
    public PoolCapacity Capacity => new(0, CancellationToken.None) { TakesJobs = false };

    public Task StoreAsync(IReadOnlyList<JobNotice> notices, CancellationToken cancellationToken) =>
        pool.StoreAsync([.. notices.Where(notice => notice.RunnerName.Length > 0 && journal.FindRunner(notice.RunnerName)?.Pool == pool.Name)], cancellationToken);

    public Task DemandAsync(JobDemand demand, CancellationToken cancellationToken)
    {
        if (demand.IsQuiet)
            onQuiet();
        return Task.CompletedTask;
    }
}
