namespace CmlNet.Runner.Jobs.GitHub.ScaleSets;

/// <summary>Delays of the listener.</summary>
internal sealed record ScaleSetTimes
{
    /// <summary>GitHub drops a dead listener's session after some minutes; ARC's old listener waited as long between attempts.</summary>
    public TimeSpan AfterConflict { get; init; } = TimeSpan.FromSeconds(30);

    public TimeSpan AfterLoss { get; init; } = TimeSpan.FromSeconds(2);

    public TimeSpan Closing { get; init; } = TimeSpan.FromSeconds(10);
}
