namespace CmlNet.Publishing.Tests;

/// <summary>The system's clock, some time ahead or behind; its delays are over as soon as they begin, and are kept.</summary>
internal sealed class ShiftedTime : TimeProvider
{
    private readonly Lock _gate = new();
    private readonly List<TimeSpan> _waits = [];

    public TimeSpan Shift { get; set; }

    /// <summary>Whether delays are real, as timeouts must be.</summary>
    public bool IsWaiting { get; init; }

    /// <summary>The delays that were asked for.</summary>
    public IReadOnlyList<TimeSpan> Waits
    {
        get
        {
            lock (_gate)
                return [.. _waits];
        }
    }

    public override DateTimeOffset GetUtcNow() => System.GetUtcNow() + Shift;

    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period)
    {
        // An attempt's timeout is far longer than any delay between attempts in these tests.
        if (IsWaiting || dueTime < TimeSpan.Zero || dueTime >= TimeSpan.FromSeconds(90))
            return System.CreateTimer(callback, state, dueTime, period);
        lock (_gate)
            _waits.Add(dueTime);
        return System.CreateTimer(callback, state, TimeSpan.Zero, period);
    }
}
