using CmlNet.Runner.Configuration;
using Microsoft.Extensions.Logging;

namespace CmlNet.Runner.Fleet;

/// <summary>Whether a pool takes jobs, and why not. Whoever has it guards it.</summary>
internal sealed class PoolHealth(PoolConfiguration pool, FleetTimes times, TimeProvider time, ILogger logger)
{
    private readonly FailureBackoff _backoff = new(times, time);

    public PoolCondition Condition { get; private set; } = PoolCondition.Preparing;

    /// <summary>Why it is not ready; empty when it is.</summary>
    public string Trouble { get; private set; } = "";

    /// <summary>It may be promised jobs.</summary>
    public bool IsReady => Condition == PoolCondition.Ready;

    /// <summary>It starts no runner for a while.</summary>
    public bool IsResting => RestLeft > TimeSpan.Zero;

    public TimeSpan RestLeft => _backoff.RestLeft;

    /// <param name="trouble">What is the matter with its image; null when it is there.</param>
    public void Prepare(string? trouble)
    {
        Trouble = trouble ?? "";
        if (Condition is PoolCondition.Preparing or PoolCondition.Ready)
            Condition = trouble is null ? PoolCondition.Ready : PoolCondition.Preparing;
    }

    public void Drain() => Condition = PoolCondition.Draining;

    public void Resume()
    {
        if (Condition == PoolCondition.Draining)
            Condition = Trouble.Length == 0 ? PoolCondition.Ready : PoolCondition.Preparing;
    }

    public void Outdate()
    {
        (Condition, Trouble) = (PoolCondition.Outdated, "GitHub no longer accepts the runner in the image");
        FleetLog.Outdated(logger, pool.Name, pool.Image);
    }

    /// <summary>A runner took no job.</summary>
    public void Fail(string reason)
    {
        TimeSpan rest = _backoff.Fail();
        if (!_backoff.IsExhausted || Condition == PoolCondition.Draining)
            return;
        (Condition, Trouble) = (PoolCondition.Degraded, reason);
        FleetLog.Degraded(logger, pool.Name, _backoff.Failures, rest.TotalSeconds, reason);
    }

    /// <summary>A runner did what it was made for.</summary>
    public void Forgive() => _backoff.Forgive();

    /// <summary>A degraded pool that has rested is tried again.</summary>
    public void Recover()
    {
        if (Condition != PoolCondition.Degraded || IsResting)
            return;
        (Condition, Trouble) = (PoolCondition.Ready, "");
        _backoff.Forgive();
    }
}
