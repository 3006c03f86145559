using CmlNet.Runner.Fleet;

namespace CmlNet.Runner.Tests.Fleet;

public sealed class FailureBackoffTests
{
    private static readonly FleetTimes Times = new() { AfterFailure = [TimeSpan.Zero, TimeSpan.FromSeconds(5), TimeSpan.FromSeconds(10)], Degraded = TimeSpan.FromMinutes(5) };

    private readonly ManualTime _time = new();

    [Fact]
    public void Fail_InARow_RestsLongerUntilItIsTooMuch()
    {
        var backoff = new FailureBackoff(Times, _time);
        Assert.Equal([TimeSpan.Zero, TimeSpan.FromSeconds(5)], [backoff.Fail(), backoff.Fail()]);
        Assert.False(backoff.IsExhausted);
        Assert.Equal(TimeSpan.FromMinutes(5), backoff.Fail());
        Assert.True(backoff.IsExhausted);
        Assert.Equal(TimeSpan.FromMinutes(5), backoff.Fail());
        Assert.Equal(4, backoff.Failures);
    }

    [Fact]
    public void RestLeft_TimePasses_GoesDownToZero()
    {
        var backoff = new FailureBackoff(Times, _time);
        Assert.True(backoff.RestLeft <= TimeSpan.Zero);
        backoff.Fail();
        Assert.True(backoff.RestLeft <= TimeSpan.Zero);
        backoff.Fail();
        Assert.Equal(TimeSpan.FromSeconds(5), backoff.RestLeft);
        _time.Advance(TimeSpan.FromSeconds(4.9));
        Assert.Equal(TimeSpan.FromSeconds(0.1), backoff.RestLeft);
        _time.Advance(TimeSpan.FromSeconds(0.1));
        Assert.Equal(TimeSpan.Zero, backoff.RestLeft);
    }

    [Fact]
    public void Forgive_NextFailure_IsTheFirstAgainAndTheRestGoesOn()
    {
        var backoff = new FailureBackoff(Times, _time);
        backoff.Fail();
        backoff.Fail();
        backoff.Forgive();
        Assert.Equal(TimeSpan.FromSeconds(5), backoff.RestLeft);
        Assert.Equal(TimeSpan.Zero, backoff.Fail());
    }
}
