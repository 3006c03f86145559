using System.Collections.Concurrent;

namespace CmlNet.Runner.Tests;

/// <summary>The system's time, which keeps in mind for how long was waited.</summary>
internal sealed class RecordingTime : TimeProvider
{
    public ConcurrentQueue<TimeSpan> Delays { get; } = new();

    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period)
    {
        Delays.Enqueue(dueTime);
        return base.CreateTimer(callback, state, dueTime, period);
    }
}
