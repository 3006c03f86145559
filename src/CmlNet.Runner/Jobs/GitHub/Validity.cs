namespace CmlNet.Runner.Jobs.GitHub;

/// <summary>
/// How long a token holds, whatever becomes of this machine's clock: the wall clock is believed where it makes sense, and the
/// time that has passed since always. A machine that slept shows it by the one, a clock that was set back by the other.
/// </summary>
internal sealed class Validity
{
    private readonly TimeProvider _time;
    private readonly long _began;
    private readonly TimeSpan _length;
    private readonly DateTimeOffset? _expires;

    /// <param name="time">Both clocks.</param>
    /// <param name="expires">As the other side says; null when it does not.</param>
    /// <param name="longest">No token of the kind holds longer.</param>
    /// <param name="otherwise">Taken when what it says makes no sense here: the clock is wrong.</param>
    public Validity(TimeProvider time, DateTimeOffset? expires, TimeSpan longest, TimeSpan otherwise)
    {
        _time = time;
        _began = time.GetTimestamp();
        TimeSpan left = expires is { } moment ? moment - time.GetUtcNow() : TimeSpan.Zero;
        bool isPlausible = left > TimeSpan.FromMinutes(2) && left <= longest;
        (_length, _expires) = isPlausible ? (left, expires) : (otherwise, null);
    }

    public bool IsOver(TimeSpan margin) => _time.GetElapsedTime(_began) >= _length - margin || (_expires is { } moment && moment - _time.GetUtcNow() <= margin);
}
