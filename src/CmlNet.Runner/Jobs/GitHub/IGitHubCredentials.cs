namespace CmlNet.Runner.Jobs.GitHub;

/// <summary>Gives a token for GitHub's REST API.</summary>
internal interface IGitHubCredentials
{
    /// <summary>A token that is good for a minute at least.</summary>
    Task<string> GetTokenAsync(CancellationToken cancellationToken);
}
