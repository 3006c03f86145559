using CmlNet.Runner.Configuration;
using CmlNet.Runner.Journal;

namespace CmlNet.Runner.Daemon;

/// <summary>Finds out when there has been nothing to do for so long that the daemon should end.</summary>
internal sealed class IdleWatch(IdleConfiguration configuration, TimeProvider time)
{
    private long _lastBusy = time.GetTimestamp();

    // Without either there is nothing to look for.
    public TimeSpan Pause { get; } = configuration switch
    {
        { ShutdownAfter: { } limit } => TimeSpan.FromMilliseconds(Math.Clamp(limit.TotalMilliseconds / 20, 50, 1000)),
        { AfterOneJob: true } => TimeSpan.FromSeconds(1),
        _ => Timeout.InfiniteTimeSpan,
    };

    /// <summary>Null while the daemon is to go on.</summary>
    public string? FindReason(DaemonParts parts)
    {
        if (configuration.AfterOneJob && parts.Pools.Any(pool => pool is { HasFinishedJob: true, IsRetired: false }))
            return "single job";
        if (configuration.ShutdownAfter is not { } limit)
            return null;
        bool isBusy = parts.Pools.Any(pool => pool.Runners.Any(runner => runner.State is RunnerState.Busy or < RunnerState.Idle) || pool.Demand is { Available: > 0 } or { Assigned: > 0 }) || parts.Outbox.IsAtWork;
        if (isBusy)
            _lastBusy = time.GetTimestamp();
        return time.GetElapsedTime(_lastBusy) >= limit ? $"timeout:{limit.TotalSeconds:0}" : null;
    }
}
