using CmlNet.Runner.Configuration;
using CmlNet.Runner.Fleet;
using Microsoft.Extensions.Logging.Abstractions;

namespace CmlNet.Runner.Tests.Fleet;

public sealed class PoolHealthTests
{
    private readonly ManualTime _time = new();
    private readonly PoolHealth _health;

    public PoolHealthTests() => _health = new PoolHealth(new PoolConfiguration { Name = "one", Labels = ["one"] }, new FleetTimes { AfterFailure = [TimeSpan.Zero, TimeSpan.FromSeconds(5)], Degraded = TimeSpan.FromMinutes(5) }, _time, NullLogger.Instance);

    [Fact]
    public void Prepare_ImageIsMissingAndThenThere_BecomesReady()
    {
        _health.Prepare("no such image");
        Assert.Equal((PoolCondition.Preparing, "no such image", false), (_health.Condition, _health.Trouble, _health.IsReady));
        _health.Prepare(null);
        Assert.Equal((PoolCondition.Ready, "", true), (_health.Condition, _health.Trouble, _health.IsReady));
    }

    [Fact]
    public void Fail_TooOften_IsDegradedUntilItHasRested()
    {
        _health.Prepare(null);
        _health.Fail("once");
        Assert.True(_health.IsReady);
        _health.Fail("twice");
        Assert.Equal((PoolCondition.Degraded, "twice"), (_health.Condition, _health.Trouble));
        _health.Recover();
        Assert.Equal(PoolCondition.Degraded, _health.Condition);
        _time.Advance(TimeSpan.FromMinutes(5));
        _health.Recover();
        Assert.Equal((PoolCondition.Ready, ""), (_health.Condition, _health.Trouble));
        _health.Fail("the first again");
        Assert.True(_health.IsReady);
    }

    [Fact]
    public void Drain_WhateverComes_StaysSoUntilResumed()
    {
        _health.Prepare(null);
        _health.Drain();
        _health.Fail("a");
        _health.Fail("b");
        _health.Prepare(null);
        Assert.Equal(PoolCondition.Draining, _health.Condition);
        _health.Resume();
        Assert.Equal(PoolCondition.Ready, _health.Condition);
    }

    [Fact]
    public void Resume_WasDegradedBefore_IsReadyAtOnce()
    {
        _health.Prepare(null);
        _health.Fail("once");
        _health.Fail("twice");
        _health.Drain();
        _health.Resume();
        Assert.Equal((PoolCondition.Ready, "", false), (_health.Condition, _health.Trouble, _health.IsResting));
    }

    [Fact]
    public void Resume_WasOutdatedBefore_IsSoAgain()
    {
        _health.Prepare(null);
        _health.Outdate();
        _health.Drain();
        _health.Resume();
        Assert.Equal(PoolCondition.Outdated, _health.Condition);
        Assert.Contains("no longer accepts", _health.Trouble, StringComparison.Ordinal);
    }

    [Fact]
    public void Fail_ImageIsNotThere_PoolIsNotReadyAfterTheRest()
    {
        _health.Prepare("no such image");
        _health.Fail("one of the last daemon's");
        _health.Fail("another");
        _time.Advance(TimeSpan.FromMinutes(5));
        _health.Recover();
        Assert.Equal((PoolCondition.Preparing, "no such image"), (_health.Condition, _health.Trouble));
    }

    [Fact]
    public void Outdate_ImageIsThere_StaysOutdated()
    {
        _health.Prepare(null);
        _health.Outdate();
        _health.Prepare(null);
        _health.Resume();
        _health.Recover();
        Assert.Equal(PoolCondition.Outdated, _health.Condition);
    }
}
