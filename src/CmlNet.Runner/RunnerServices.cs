using CmlNet.Runner.Configuration;
using CmlNet.Runner.Daemon;
using CmlNet.Runner.Fleet;
using CmlNet.Runner.Fleet.Retired;
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
    private readonly List<ActionsConnection> _others = [];

    public RunnerServices(RunnerConfiguration configuration, DaemonSurroundings surroundings, SqliteJournal journal)
    {
        (_configuration, _surroundings, _journal) = (configuration, surroundings, journal);
        _logger = surroundings.Loggers.CreateLogger("CmlNet.Runner.Jobs");
        Scope = Parse(configuration.Scope);
        Http = new GitHubHttp(GitHubHandlers.Create(configuration.CertificateFile), surroundings.Retries, surroundings.Time, _logger) { UserAgent = UserAgents.Build(surroundings.Version, 0) };
        Credentials = configuration.Authentication is { IsApp: true } app
            ? new AppCredentials(Http, Scope, app, surroundings.Variable)
            : new PersonalCredentials(configuration.Authentication.Token!, surroundings.Variable); // one of the two: the schema demands it
        _connection = new ActionsConnection(Http, Scope, Credentials);
        _rest = new RestClient(Http, Scope, Credentials);
        Webhooks = configuration.Webhook is { } webhook ? new WebhookReceiver(webhook.Secret.Read(surroundings.Variable), Scope, surroundings.Time, _logger) : null;
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

    /// <summary>For a pool that is no longer configured.</summary>
    public RetiredRegistry CreateRegistry(KeptPool pool)
    {
        var address = new Uri(pool.Scope);
        GitHubScope scope = Parse(address);
        IRunnerRegistry? inner = null;
        // The credentials are for one server, and are never sent to another.
        if (IsSameServer(address))
            inner = pool.Mode == JobSourceKind.ScaleSet ? new ScaleSetClient(Connect(scope), pool.ScaleSet, pool.Labels, pool.RunnerGroup, _logger) { IsRetired = true } : new RestRegistry(scope.Url == Scope.Url ? _rest : new RestClient(Http, scope, Credentials));
        return new RetiredRegistry(inner, pool.Name, _logger);
    }

    public IJobSource CreateSource(PoolFleet fleet) => fleet.Pool.Mode switch
    {
        JobSourceKind.ScaleSet => Listen((ScaleSetClient)fleet.Registry, fleet.Pool),
        _ => CreateRest(fleet.Pool),
    };

    /// <summary>For a pool that is no longer configured; null when its jobs cannot be asked for.</summary>
    public IJobSource? CreateSource(PoolFleet fleet, RetiredRegistry registry) => registry.Inner switch
    {
        ScaleSetClient client => Listen(client, fleet.Pool),
        RestRegistry rest => Poll(rest.Client, fleet.Pool),
        _ => null,
    };

    /// <summary>A scope is on the server of this daemon's.</summary>
    public bool IsSameServer(Uri scope) => Parse(scope).ApiBase == Scope.ApiBase;

    private ScaleSetSource Listen(ScaleSetClient client, PoolConfiguration pool) => new(client, pool, _configuration.Name, _journal, _surroundings.ScaleSetTimes, _surroundings.Time, _logger);

    private GitHubScope Parse(Uri scope) => GitHubScope.Parse(scope, _surroundings.Variable("GITHUB_ACTIONS_FORCE_GHES") is { Length: > 0 });

    private ActionsConnection Connect(GitHubScope scope)
    {
        if (scope.Url.Equals(Scope.Url, StringComparison.OrdinalIgnoreCase))
            return _connection;
        var connection = new ActionsConnection(Http, scope, Credentials);
        _others.Add(connection);
        return connection;
    }

    private RestSource Poll(RestClient client, PoolConfiguration pool) =>
        new(client, pool, () => _journal.FindOpenJobs(pool.Name, _surroundings.Time.GetUtcNow() - _surroundings.RestTimes.OpenJob), _surroundings.RestTimes, _surroundings.Time);

    private RestSource CreateRest(PoolConfiguration pool)
    {
        RestSource source = Poll(_rest, pool);
        if (pool.Mode == JobSourceKind.Webhook)
            Webhooks?.Add(source);
        return source;
    }

    public void Dispose()
    {
        Webhooks?.Dispose();
        _connection.Dispose();
        foreach (ActionsConnection other in _others)
            other.Dispose();
        (Credentials as IDisposable)?.Dispose();
        Http.Dispose();
    }
}
