namespace CmlNet.Runner.Jobs.GitHub.Rest;

/// <summary>How often the REST API is asked.</summary>
internal sealed record RestTimes
{
    /// <summary>A job of before the daemon's start that was first heard of longer ago is not asked for.</summary>
    public TimeSpan OpenJob { get; init; } = TimeSpan.FromDays(7);

    public TimeSpan Poll { get; init; } = TimeSpan.FromSeconds(10);

    /// <summary>With a webhook.</summary>
    public TimeSpan Reconciliation { get; init; } = TimeSpan.FromMinutes(1);
}
