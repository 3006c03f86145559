using CmlNet.Runner.Journal;

namespace CmlNet.Runner.Fleet;

/// <summary>How many of a pool's jobs are assigned or running as far as the journal knows. It is asked again only when it may have changed.</summary>
internal sealed class OpenJobs(string pool, SqliteJournal journal, FleetTimes times, TimeProvider time)
{
    // Of the time after which a job is no longer counted.
    private const double Precision = 0.05;
    private int? _count;
    private long _asked;

    public int Count
    {
        get
        {
            if (_count is not { } count || time.GetElapsedTime(_asked) > times.OpenJob * Precision)
                (_count, _asked) = (count = journal.CountOpenJobs(pool, time.GetUtcNow() - times.OpenJob), time.GetTimestamp());
            return count;
        }
    }

    /// <summary>Something was said of a job.</summary>
    public void Forget() => _count = null;
}
