using CmlNet.Runner.Jobs;
using CmlNet.Runner.Journal;

namespace CmlNet.Runner.Fleet;

/// <summary>Counts over the daemon's life, for the metrics page.</summary>
internal sealed class FleetMetrics
{
    /// <summary>Upper bounds in seconds, as ARC has them for start-up.</summary>
    public static IReadOnlyList<double> Bounds { get; } = [1, 2, 5, 10, 20, 30, 60, 120, 300, 600, 1800, 3600, 7200, 21600, 43200, 86400];

    private readonly Lock _gate = new();
    private readonly Dictionary<string, long> _started = new(StringComparer.Ordinal);
    private readonly Dictionary<(string Pool, string Result), long> _completed = [];
    private readonly Dictionary<string, Histogram> _startUps = new(StringComparer.Ordinal);
    private readonly Dictionary<string, Histogram> _executions = new(StringComparer.Ordinal);
    private readonly Dictionary<(string Pool, string Outcome), long> _runners = [];

    public void Started(string pool, JobNotice notice, DateTimeOffset now)
    {
        lock (_gate)
        {
            _started[pool] = _started.GetValueOrDefault(pool) + 1;
            if (notice.Queued is { } queued)
                Of(_startUps, pool).Add((now - queued).TotalSeconds);
        }
    }

    public void Completed(string pool, JobNotice notice, JobRecord? job)
    {
        // Cancelled for want of a runner: it comes again.
        if (notice.RunnerName.Length == 0 && job?.RunnerName is null or "")
            return;
        lock (_gate)
        {
            string result = notice.Result is { Length: > 0 } said ? said : "unknown";
            _completed[(pool, result)] = _completed.GetValueOrDefault((pool, result)) + 1;
            if (job is { Started: { } started, Completed: { } completed })
                Of(_executions, pool).Add((completed - started).TotalSeconds);
        }
    }

    public void RunnerEnded(string pool, string outcome)
    {
        lock (_gate)
            _runners[(pool, outcome)] = _runners.GetValueOrDefault((pool, outcome)) + 1;
    }

    public IReadOnlyList<(string Pool, long Count)> StartedJobs => Snapshot(_started, entry => (entry.Key, entry.Value));

    public IReadOnlyList<(string Pool, string Result, long Count)> CompletedJobs => Snapshot(_completed, entry => (entry.Key.Pool, entry.Key.Result, entry.Value));

    public IReadOnlyList<(string Pool, string Outcome, long Count)> EndedRunners => Snapshot(_runners, entry => (entry.Key.Pool, entry.Key.Outcome, entry.Value));

    public IReadOnlyList<(string Pool, Histogram Times)> StartUps => Snapshot(_startUps, entry => (entry.Key, entry.Value.Copy()));

    public IReadOnlyList<(string Pool, Histogram Times)> Executions => Snapshot(_executions, entry => (entry.Key, entry.Value.Copy()));

    private IReadOnlyList<T> Snapshot<TKey, TValue, T>(Dictionary<TKey, TValue> counts, Func<KeyValuePair<TKey, TValue>, T> read)
        where TKey : notnull
    {
        lock (_gate)
            return [.. counts.Select(read)];
    }

    private static Histogram Of(Dictionary<string, Histogram> histograms, string pool)
    {
        if (!histograms.TryGetValue(pool, out Histogram? histogram))
            histograms[pool] = histogram = new Histogram(Bounds);
        return histogram;
    }
}
