namespace CmlNet.Runner.Tests;

/// <summary>The system's time, with a wall clock that can be set; what has passed is not changed by that.</summary>
internal sealed class ShiftedTime : TimeProvider
{
    public TimeSpan Shift { get; set; }

    public override DateTimeOffset GetUtcNow() => base.GetUtcNow() + Shift;
}
