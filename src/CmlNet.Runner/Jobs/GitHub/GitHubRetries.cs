namespace CmlNet.Runner.Jobs.GitHub;

/// <summary>How often a call is repeated and after how long. The defaults are those of GitHub's own client (actions/scaleset, common_client.go).</summary>
internal sealed record GitHubRetries
{
    public int Count { get; init; } = 4;

    public TimeSpan FirstDelay { get; init; } = TimeSpan.FromSeconds(1);

    public TimeSpan LongestDelay { get; init; } = TimeSpan.FromSeconds(30);
}
