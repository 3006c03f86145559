namespace CmlNet.Runner.Fleet;

/// <summary>Delays of the fleet; the defaults are what peers settled on (reference: ARC's ephemeral runner controller).</summary>
internal sealed record FleetTimes
{
    /// <summary>Rest after the first, second, … runner in a row that took no job.</summary>
    public IReadOnlyList<TimeSpan> AfterFailure { get; init; } = [TimeSpan.Zero, TimeSpan.FromSeconds(5), TimeSpan.FromSeconds(10), TimeSpan.FromSeconds(20), TimeSpan.FromSeconds(40), TimeSpan.FromSeconds(80)];

    /// <summary>Rest of a pool once it has failed more often than that.</summary>
    public TimeSpan Degraded { get; init; } = TimeSpan.FromMinutes(5);

    /// <summary>How long GitHub may take to tell that a job has begun.</summary>
    public TimeSpan Settling { get; init; } = TimeSpan.FromMinutes(2);

    /// <summary>How often a runner is looked at that still sends something after its job's end.</summary>
    public TimeSpan BetweenUploadLooks { get; init; } = TimeSpan.FromSeconds(30);

    public TimeSpan FirstCleanupRetry { get; init; } = TimeSpan.FromSeconds(1);

    public TimeSpan LongestCleanupRetry { get; init; } = TimeSpan.FromSeconds(30);

    /// <summary>An assigned job that was not heard of for so long is no reason to keep a runner.</summary>
    public TimeSpan OpenJob { get; init; } = TimeSpan.FromMinutes(15);

    /// <summary>GitHub's count is not believed when idle runners got nothing for so long.</summary>
    public TimeSpan Stuck { get; init; } = TimeSpan.FromMinutes(10);
}
