using CmlNet.Runner.Configuration;
using CmlNet.Runner.Daemon;
using CmlNet.Runner.Fleet;
using CmlNet.Runner.Jobs;
using CmlNet.Runner.Jobs.GitHub;
using CmlNet.Runner.Jobs.GitHub.Rest;
using CmlNet.Runner.Jobs.GitHub.ScaleSets;
using CmlNet.Runner.Jobs.GitHub.Webhooks;
using CmlNet.Runner.Journal;
using Microsoft.Extensions.Logging;

namespace CmlNet.Runner;

/// <summary>The job sources there are, and what connects them to GitHub. A new one is a folder and one line here.</summary>
internal sealed class RunnerServices : IDisposable
{
    private readonly RunnerConfiguration _configuration;
    private readonly DaemonSurroundings _surroundings;
    private readonly SqliteJournal _journal;
    private readonly ILogger _logger;
    private readonly ActionsConnection _connection;
    private readonly RestClient _rest;

    public RunnerServices(RunnerConfiguration configuration, DaemonSurroundings surroundings, SqliteJournal journal)
    {
        (_configuration, _surroundings, _journal) = (configuration, surroundings, journal);
        _logger = surroundings.Loggers.CreateLogger("CmlNet.Runner.Jobs");
        Scope = GitHubScope.Parse(configuration.Scope, surroundings.Variable("GITHUB_ACTIONS_FORCE_GHES") is { Length: > 0 });
        Http = new GitHubHttp(GitHubHandlers.Create(configuration.CertificateFile), surroundings.Retries, surroundings.Time, _logger) { UserAgent = UserAgents.Build(surroundings.Version, 0) };
        Credentials = configuration.Authentication is { IsApp: true } app
            ? new AppCredentials(Http, Scope, app, surroundings.Variable)
            : new PersonalCredentials(configuration.Authentication.Token!, surroundings.Variable); // one of the two: the schema demands it
        _connection = new ActionsConnection(Http, Scope, Credentials);
        _rest = new RestClient(Http, Scope, Credentials);
        Webhooks = configuration.Webhook is { } webhook ? new WebhookReceiver(webhook.Secret.Read(surroundings.Variable), Scope, _logger) : null;
    }

    public GitHubScope Scope { get; }

    /// <summary>Null when no webhook is configured.</summary>
    public WebhookReceiver? Webhooks { get; }

    public GitHubHttp Http { get; }

    public IGitHubCredentials Credentials { get; }

    public RunnerReleases Releases => new(Http, Scope, Credentials);

    public IRunnerRegistry CreateRegistry(PoolConfiguration pool) => pool.Mode switch
    {
        JobSourceKind.ScaleSet => new ScaleSetClient(_connection, pool.Name, pool.Labels, _configuration.RunnerGroup, _logger),
        _ => new RestRegistry(_rest),
    };

    public IJobSource CreateSource(PoolFleet fleet) => fleet.Pool.Mode switch
    {
        JobSourceKind.ScaleSet => new ScaleSetSource((ScaleSetClient)fleet.Registry, fleet.Pool, _configuration.Name, _journal, _surroundings.ScaleSetTimes, _surroundings.Time, _logger),
        _ => CreateRest(fleet.Pool),
    };

    private RestSource CreateRest(PoolConfiguration pool)
    {
        var source = new RestSource(_rest, Scope, pool, _surroundings.RestTimes, _surroundings.Time);
        if (pool.Mode == JobSourceKind.Webhook)
            Webhooks?.Add(source);
        return source;
    }

    public void Dispose()
    {
        _connection.Dispose();
        (Credentials as IDisposable)?.Dispose();
        Http.Dispose();
    }
}
