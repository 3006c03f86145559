using CmlNet.Runner.Configuration;
using CmlNet.Runner.Jobs.GitHub;
using CmlNet.Runner.Jobs.GitHub.Rest;

namespace CmlNet.Runner.Daemon;

/// <summary>Before a daemon starts: whether its token may register runners, and which ones there are.</summary>
internal static class RunnerCensus
{
    /// <exception cref="GitHubException">GitHub refuses, or cannot be reached.</exception>
    public static async Task<IReadOnlyList<KnownRunner>> TakeAsync(RunnerConfiguration configuration, DaemonSurroundings surroundings, CancellationToken cancellationToken)
    {
        GitHubScope scope = GitHubScope.Parse(configuration.Scope, surroundings.Variable("GITHUB_ACTIONS_FORCE_GHES") is { Length: > 0 });
        using var http = new GitHubHttp(GitHubHandlers.Create(configuration.CertificateFile), surroundings.Retries, surroundings.Time, surroundings.Loggers.CreateLogger("CmlNet.Runner.Jobs")) { UserAgent = UserAgents.Build(surroundings.Version, 0) };
        var client = new RestClient(http, scope, new PersonalCredentials(configuration.Authentication.Token!, surroundings.Variable)); // launched with a token
        var registry = new RestRegistry(client);
        await registry.ProbeAsync(cancellationToken);
        return await registry.ListAllAsync(cancellationToken);
    }
}
