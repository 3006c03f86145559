using System.Collections.Concurrent;
using System.Net;
using CmlNet.Testing.GitHub.Endpoints;
using CmlNet.Testing.GitHub.State;
using CmlNet.Testing.OpenApi;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace CmlNet.Testing.GitHub;

/// <summary>
/// GitHub's REST API with state, on a port of this machine, at <c>/</c> and at <c>/api/v3</c> as on an Enterprise server.
/// Its answers are checked against GitHub's OpenAPI description by the tests that use it.
/// </summary>
public sealed class FakeGitHub : IAsyncDisposable
{
    private readonly WebApplication _app;
    private int _notModified;
    private readonly CancellationTokenSource _stopping = new();

    private FakeGitHub(WebApplication app, TimeProvider time)
    {
        _app = app;
        Time = time;
    }

    public TimeProvider Time { get; }

    /// <summary>How far the clock of tokens is ahead.</summary>
    public TimeSpan Shift { get; set; }

    internal DateTimeOffset TokenTime => Time.GetUtcNow() + Shift;

    /// <summary>Requests in the order they ended.</summary>
    public ConcurrentQueue<Exchange> Exchanges { get; } = new();

    public FaultPlan Faults { get; } = new();

    /// <summary>Token text to what it may do.</summary>
    public ConcurrentDictionary<string, FakeToken> Tokens { get; } = new(StringComparer.Ordinal);

    /// <summary>Apps that are installed on every repository.</summary>
    public List<FakeApp> Apps { get; } = [];

    /// <summary>How often an answer was said to be what it was before.</summary>
    public int NotModified => _notModified;

    public ConcurrentDictionary<string, FakeRepository> Repositories { get; } = new(StringComparer.OrdinalIgnoreCase);

    /// <summary>What <c>GITHUB_SERVER_URL</c> would be: no slash at the end.</summary>
    public string Url { get; private set; } = "";

    /// <summary>What <c>GITHUB_API_URL</c> would be.</summary>
    public string ApiUrl => Url + "/api/v3";

    internal void CountNotModified() => Interlocked.Increment(ref _notModified);

    internal CancellationToken Stopping => _stopping.Token;

    /// <summary>Starts on a free port.</summary>
    /// <param name="address">Loopback by default; the bridge's gateway where containers have to reach it.</param>
    /// <param name="time">Clock of comments and check runs.</param>
    public static async Task<FakeGitHub> StartAsync(IPAddress? address = null, TimeProvider? time = null)
    {
        WebApplicationBuilder builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.ConfigureKestrel(kestrel =>
        {
            kestrel.Listen(address ?? IPAddress.Loopback, 0);
            kestrel.Limits.MaxRequestBodySize = 64 * 1024 * 1024;
        });
        builder.Services.AddRoutingCore();
        WebApplication app = builder.Build();
        var fake = new FakeGitHub(app, time ?? TimeProvider.System);
        app.UsePathBase("/api/v3");
        app.Use((context, next) => FakeGitServer.IsFor(context.Request.Path) ? FakeGitServer.HandleAsync(fake, context) : next(context));
        app.UseRouting();
        app.Use((context, next) => Exchanger.HandleAsync(fake, context, next));
        CommentEndpoints.Map(app, fake);
        RepositoryEndpoints.Map(app, fake);
        CheckEndpoints.Map(app, fake);
        PullRequestEndpoints.Map(app, fake);
        RunEndpoints.Map(app, fake);
        AppEndpoints.Map(app, fake);
        ReleaseEndpoints.Map(app, fake);
        GraphEndpoints.Map(app, fake);
        GitEndpoints.Map(app, fake);
        app.MapFallback(context => Reply.NotFoundAsync(context));
        await app.StartAsync();
        fake.Url = app.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses.First();
        return fake;
    }

    public FakeRepository AddRepository(string fullName)
    {
        string[] parts = fullName.Split('/');
        return Repositories.GetOrAdd(fullName, _ => new FakeRepository(parts[0], parts[1]));
    }

    /// <summary>The requests as lines: method, path and query.</summary>
    public IReadOnlyList<string> Requests() => [.. Exchanges.Select(e => $"{e.Method} {e.Target}")];

    /// <exception cref="InvalidOperationException">An exchange is not as GitHub describes its API.</exception>
    public async ValueTask DisposeAsync()
    {
        await _stopping.CancelAsync();
        await _app.StopAsync();
        await _app.DisposeAsync();
        _stopping.Dispose();
        if (await OpenApiPackage.GitHub.GetAsync() is { } description && GitHubOpenApi.Check(description, this) is { Count: > 0 } errors)
            throw new InvalidOperationException("Not as in GitHub's description of its API:\n" + string.Join('\n', errors));
    }
}
