using System.Collections.Concurrent;
using System.Net;
using System.Security.Cryptography;
using CmlNet.Testing.Actions.Endpoints;
using CmlNet.Testing.Actions.State;
using CmlNet.Testing.GitHub;
using CmlNet.Testing.GitHub.State;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace CmlNet.Testing.Actions;

/// <summary>
/// What a runner daemon talks to: GitHub's API for registration, the Actions service with its scale sets and message
/// queues, and the service that the runners themselves take their jobs from. On an Enterprise server's paths. Calls
/// that it does not know go on to a <see cref="FakeGitHub"/>.
/// </summary>
public sealed class FakeActionsService : IAsyncDisposable
{
    private readonly WebApplication _app;
    private readonly CancellationTokenSource _stopping = new();
    private int _held;
    private int _notModified;

    private FakeActionsService(WebApplication app, FakeGitHub? gitHub, TimeProvider time)
    {
        _app = app;
        GitHub = gitHub;
        Time = time;
        Tokens = new ActionsTokens(time);
        State = new ActionsState(this);
    }

    public TimeProvider Time { get; }

    public ActionsBehavior Behavior { get; } = new();

    public FaultPlan Faults { get; } = new();

    public ActionsTokens Tokens { get; }

    public ActionsState State { get; }

    public FakeGitHub? GitHub { get; }

    /// <summary>Method and path of every request, in the order they came.</summary>
    public ConcurrentQueue<string> Requests { get; } = new();

    /// <summary>Requests that stand still: what was to be done before that is done.</summary>
    public int Held => Volatile.Read(ref _held);

    /// <summary>Defects of the client that the service noticed.</summary>
    public ConcurrentQueue<string> Complaints { get; } = new();

    /// <summary>What runs are for, by their number.</summary>
    public ConcurrentDictionary<long, FakeWorkflow> Workflows { get; } = new();

    /// <summary>How many answers were 304.</summary>
    public int NotModified => Volatile.Read(ref _notModified);

    /// <summary>Runs that were started again.</summary>
    public ConcurrentQueue<long> Reruns { get; } = new();

    /// <summary>Personal access tokens that are accepted.</summary>
    public ConcurrentDictionary<string, bool> PersonalTokens { get; } = new(StringComparer.Ordinal);

    /// <summary>Client id and key of the App that is accepted.</summary>
    public (string ClientId, RSA Key)? App { get; set; }

    /// <summary>What the App's installation may do.</summary>
    public IReadOnlyDictionary<string, string> Permissions { get; set; } = new Dictionary<string, string>(StringComparer.Ordinal) { ["metadata"] = "read", ["organization_self_hosted_runners"] = "write", ["pull_requests"] = "write", ["contents"] = "write", ["actions"] = "write" };

    /// <summary>Releases of the official runner: version and age; null where there is no such list.</summary>
    public IReadOnlyList<(string Version, TimeSpan Age)>? RunnerReleases { get; set; }

    public string Url { get; private set; } = "";

    /// <summary>What <c>scope</c> would be for an organization.</summary>
    public string OrganizationUrl => Url + "/acme";

    internal CancellationToken Stopping => _stopping.Token;

    public static async Task<FakeActionsService> StartAsync(IPAddress? address = null, FakeGitHub? gitHub = null, TimeProvider? time = null, int port = 0)
    {
        WebApplicationBuilder builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.ConfigureKestrel(kestrel => kestrel.Listen(address ?? IPAddress.Loopback, port));
        builder.Services.AddRoutingCore();
        WebApplication app = builder.Build();
        var fake = new FakeActionsService(app, gitHub, time ?? TimeProvider.System);
        app.Use((context, next) => fake.HandleAsync(context, next));
        app.UseRouting();
        RegistrationEndpoints.Map(app, fake);
        ScaleSetEndpoints.Map(app, fake);
        QueueEndpoints.Map(app, fake);
        AgentEndpoints.Map(app, fake);
        RestEndpoints.Map(app, fake);
        JobEndpoints.Map(app, fake);
        app.MapFallback(context => Forwarding.HandleAsync(context, fake));
        await app.StartAsync();
        fake.Url = app.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses.First();
        return fake;
    }

    /// <summary>Puts a job into the queue.</summary>
    public FakeJob Queue(string label, string script = "true", string owner = "acme", string repository = "models", long runId = 0) => State.Queue([label], script, owner, repository, runId);

    public FakeJob Queue(IReadOnlyList<string> labels, string script = "true", string owner = "acme", string repository = "models", long runId = 0) => State.Queue(labels, script, owner, repository, runId);

    /// <summary>Lets a token pass at both services.</summary>
    public void Allow(string token, bool isInstallation)
    {
        PersonalTokens[token] = true;
        if (GitHub is { } gitHub)
            gitHub.Tokens[token] = new FakeToken { Login = "cml[bot]", IsInstallation = isInstallation };
    }

    internal void CountNotModified() => Interlocked.Increment(ref _notModified);

    public async ValueTask DisposeAsync()
    {
        await _stopping.CancelAsync();
        await _app.StopAsync();
        await _app.DisposeAsync();
        _stopping.Dispose();
    }

    private async Task HandleAsync(HttpContext context, RequestDelegate next)
    {
        string path = context.Request.Path;
        Requests.Enqueue($"{context.Request.Method} {path}");
        Fault? fault = Faults.Take(context.Request.Method, path);
        if (fault is null)
        {
            await next(context);
            return;
        }

        if (fault.Kind is FaultKind.StatusAfterApplying or FaultKind.ResetAfterApplying or FaultKind.TruncatedAfterApplying or FaultKind.Slow)
        {
            Stream wire = context.Response.Body;
            context.Response.Body = new MemoryStream();
            await next(context);
            context.Response.Body = wire;
            context.Response.ContentLength = null;
        }

        if (fault.Kind is FaultKind.Hang or FaultKind.Slow)
        {
            Interlocked.Increment(ref _held);
            await Task.Delay(Timeout.InfiniteTimeSpan, Time, CancellationTokenSource.CreateLinkedTokenSource(Stopping, context.RequestAborted).Token).ContinueWith(static _ => { }, TaskScheduler.Default);
        }

        if (fault.Kind is not (FaultKind.StatusBeforeApplying or FaultKind.StatusAfterApplying))
        {
            context.Abort();
            return;
        }

        foreach ((string name, string value) in fault.Headers)
            context.Response.Headers[name] = value;
        await ActionsReply.TextAsync(context, fault.Status, fault.Body);
    }
}
