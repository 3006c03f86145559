using System.Net;
using CmlNet.Runner.Configuration;
using CmlNet.Runner.Jobs.GitHub;
using CmlNet.Runner.Jobs.GitHub.Rest;
using CmlNet.Runner.Jobs.GitHub.ScaleSets;
using Microsoft.Extensions.Logging;

namespace CmlNet.Runner.Daemon;

/// <summary>Before a daemon starts: whether its token may register runners, and which ones there are.</summary>
internal static class RunnerCensus
{
    /// <param name="configuration">Of one pool.</param>
    /// <param name="surroundings">How GitHub is asked.</param>
    /// <param name="looksForListener">Find out too whether another daemon listens to the pool's scale set: it has runners only while there are jobs.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    /// <exception cref="GitHubException">GitHub refuses, or cannot be reached.</exception>
    public static async Task<IReadOnlyList<KnownRunner>> TakeAsync(RunnerConfiguration configuration, DaemonSurroundings surroundings, bool looksForListener, CancellationToken cancellationToken)
    {
        GitHubScope scope = GitHubScope.Parse(configuration.Scope, surroundings.Variable("GITHUB_ACTIONS_FORCE_GHES") is { Length: > 0 });
        ILogger logger = surroundings.Loggers.CreateLogger("CmlNet.Runner.Jobs");
        using var http = new GitHubHttp(GitHubHandlers.Create(configuration.CertificateFile), surroundings.Retries, surroundings.Time, logger) { UserAgent = UserAgents.Build(surroundings.Version, 0) };
        var credentials = new PersonalCredentials(configuration.Authentication.Token!, surroundings.Variable); // launched with a token
        var registry = new RestRegistry(new RestClient(http, scope, credentials));
        await registry.ProbeAsync(cancellationToken);
        IReadOnlyList<KnownRunner> known = await registry.ListAllAsync(cancellationToken);
        PoolConfiguration pool = configuration.Pools[0];
        if (!looksForListener || pool.Mode != JobSourceKind.ScaleSet)
            return known;
        using var connection = new ActionsConnection(http, scope, credentials);
        return await FindListenerAsync(new ScaleSetClient(connection, pool.Name, pool.Labels, configuration.RunnerGroup, logger) { IsRetired = true }, configuration.Name, cancellationToken) is { } listener ? [.. known, listener] : known;
    }

    // A scale set has one listener at a time, and GitHub refuses a second: the only sign there is of a daemon without a runner.
    private static async Task<KnownRunner?> FindListenerAsync(ScaleSetClient client, string owner, CancellationToken cancellationToken)
    {
        ScaleSet? set = null;
        try
        {
            set = await client.EnsureAsync(cancellationToken);
            Session own = await client.OpenSessionAsync(owner, cancellationToken);
            await client.CloseSessionAsync(own.Id, cancellationToken);
            return null;
        }
        catch (GitHubException exception) when (exception.Status == HttpStatusCode.Conflict && set is not null)
        {
            return new KnownRunner("", IsOnline: true, IsBusy: set.Statistics is { Assigned: > 0 }, [.. (set.Labels ?? []).Select(label => label.Name)]);
        }
        catch (GitHubException exception) when (exception.Status == HttpStatusCode.NotFound)
        {
            return null; // nobody has ever listened
        }
    }
}
