namespace CmlNet.Runner.Fleet;

/// <summary>How long a pool rests after runners that took no job: longer with each in a row. Whoever has it guards it.</summary>
internal sealed class FailureBackoff(FleetTimes times, TimeProvider time)
{
    private TimeSpan _rest;
    private long _began;

    /// <summary>Runners in a row that took no job.</summary>
    public int Failures { get; private set; }

    /// <summary>There were more of them than there are delays.</summary>
    public bool IsExhausted => Failures >= times.AfterFailure.Count;

    /// <summary>Until runners are started again; zero or less when they are.</summary>
    public TimeSpan RestLeft => _rest - time.GetElapsedTime(_began);

    /// <returns>How long the rest is that begins now.</returns>
    public TimeSpan Fail()
    {
        Failures++;
        (_rest, _began) = (IsExhausted ? times.Degraded : times.AfterFailure[Failures - 1], time.GetTimestamp());
        return _rest;
    }

    /// <summary>The next failure is the first again; a rest that has begun goes on.</summary>
    public void Forgive() => Failures = 0;

    /// <summary>As if nothing had ever failed.</summary>
    public void End() => (Failures, _rest) = (0, TimeSpan.Zero);
}
