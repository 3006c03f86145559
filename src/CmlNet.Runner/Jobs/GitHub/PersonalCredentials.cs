using CmlNet.Runner.Configuration;

namespace CmlNet.Runner.Jobs.GitHub;

/// <summary>A personal access token; read anew each time, so that it can be exchanged while the daemon runs.</summary>
internal sealed class PersonalCredentials(SecretReference token, Func<string, string?> variable) : IGitHubCredentials
{
    public Task<string> GetTokenAsync(CancellationToken cancellationToken) => Task.FromResult(token.Read(variable));
}
