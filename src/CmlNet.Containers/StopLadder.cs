namespace CmlNet.Containers;

/// <summary>SIGINT, wait, SIGTERM, wait, SIGKILL (actions/runner, ProcessInvoker.cs).</summary>
public sealed record StopLadder(TimeSpan AfterInterrupt, TimeSpan AfterTerminate)
{
    public static StopLadder Default { get; } = new(TimeSpan.FromSeconds(7.5), TimeSpan.FromSeconds(2.5));
}
