using CmlNet.Runner.Configuration;
using Microsoft.Extensions.Logging;

namespace CmlNet.Runner.Fleet;

/// <summary>Whether a pool takes jobs, and why not. Whoever has it guards it.</summary>
/// <param name="pool">The pool.</param>
/// <param name="times">How long it rests.</param>
/// <param name="time">The clock.</param>
/// <param name="logger">Told of changes.</param>
/// <param name="isRemoved">It is no longer configured: it stays so.</param>
internal sealed class PoolHealth(PoolConfiguration pool, FleetTimes times, TimeProvider time, ILogger logger, bool isRemoved = false)
{
    private readonly FailureBackoff _backoff = new(times, time);
    private bool _isPrepared;
    private bool _isOutdated;
    private string _trouble = isRemoved ? "no longer configured: its last jobs finish" : "";
    private string _shortage = "";

    public PoolCondition Condition { get; private set; } = isRemoved ? PoolCondition.Removed : PoolCondition.Preparing;

    /// <summary>Why it takes no jobs; empty when it does.</summary>
    public string Trouble => _trouble.Length > 0 ? _trouble : _shortage;

    /// <summary>Runners without a job are to go.</summary>
    public bool IsLeaving => Condition is PoolCondition.Draining or PoolCondition.Removed;

    /// <summary>It may be promised jobs.</summary>
    public bool IsReady => Condition == PoolCondition.Ready;

    /// <summary>It starts no runner for a while.</summary>
    public bool IsResting => RestLeft > TimeSpan.Zero;

    public TimeSpan RestLeft => _backoff.RestLeft;

    private PoolCondition Usual => _isPrepared ? PoolCondition.Ready : PoolCondition.Preparing;

    /// <param name="trouble">What is the matter with its image; null when it is there.</param>
    public void Prepare(string? trouble)
    {
        _isPrepared = trouble is null;
        if (Condition is PoolCondition.Preparing or PoolCondition.Ready)
            Condition = Usual;
        if (!_isOutdated && Condition != PoolCondition.Degraded)
            _trouble = trouble ?? "";
    }

    public void Drain() => Condition = isRemoved ? PoolCondition.Removed : PoolCondition.Draining;

    public void Resume()
    {
        if (Condition != PoolCondition.Draining)
            return;
        Condition = _isOutdated ? PoolCondition.Outdated : Usual;
        if (!IsReady)
            return;
        // Whoever resumes it wants it tried now: it may have been resting before.
        _trouble = "";
        _backoff.End();
    }

    public void Outdate()
    {
        if (isRemoved)
            return;
        (_isOutdated, _trouble) = (true, "GitHub no longer accepts the runner in the image");
        if (!IsLeaving)
            Condition = PoolCondition.Outdated;
        FleetLog.Outdated(logger, pool.Name, pool.Image);
    }

    /// <summary>A runner took no job.</summary>
    public void Fail(string reason)
    {
        TimeSpan rest = _backoff.Fail();
        if (!_backoff.IsExhausted || Condition != PoolCondition.Ready)
            return;
        (Condition, _trouble) = (PoolCondition.Degraded, reason);
        FleetLog.Degraded(logger, pool.Name, _backoff.Failures, rest.TotalSeconds, reason);
    }

    /// <param name="shortage">What the machine has too little of, for any job; empty when it has enough.</param>
    public void Look(string shortage)
    {
        if (shortage.Length > 0 && shortage != _shortage)
            FleetLog.Short(logger, pool.Name, shortage);
        _shortage = shortage;
    }

    /// <summary>A runner did what it was made for.</summary>
    public void Forgive() => _backoff.Forgive();

    /// <summary>A degraded pool that has rested is tried again.</summary>
    public void Recover()
    {
        if (Condition != PoolCondition.Degraded || IsResting)
            return;
        (Condition, _trouble) = (Usual, "");
        _backoff.Forgive();
    }
}
