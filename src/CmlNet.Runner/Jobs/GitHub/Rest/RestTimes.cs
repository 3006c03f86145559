namespace CmlNet.Runner.Jobs.GitHub.Rest;

/// <summary>How often the REST API is asked.</summary>
internal sealed record RestTimes
{
    public TimeSpan Poll { get; init; } = TimeSpan.FromSeconds(10);

    /// <summary>With a webhook.</summary>
    public TimeSpan Reconciliation { get; init; } = TimeSpan.FromMinutes(1);
}
