using System.Collections.Concurrent;
using System.Net.Sockets;
using CmlNet.Testing.GitHub;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace CmlNet.Testing.Actions.Engine;

/// <summary>
/// A container engine's API on a unix socket, for as much as a runner daemon uses of it. There are no processes: a started
/// container takes its job from <see cref="FakeActionsService"/> and ends. It can be stopped and started again in the
/// middle, and each call can fail or hang.
/// </summary>
public sealed partial class FakeEngine(FakeActionsService service, string socketPath) : IAsyncDisposable
{
    private readonly ConcurrentDictionary<string, FakeContainer> _containers = new(StringComparer.Ordinal);
    private readonly ConcurrentDictionary<string, (string Name, IReadOnlyDictionary<string, string> Labels)> _networks = new(StringComparer.Ordinal);
    private readonly ConcurrentDictionary<string, string> _gpus = new(StringComparer.Ordinal);
    private WebApplication? _app;
    private int _held;

    /// <summary>As <c>DOCKER_HOST</c> wants it.</summary>
    public string Address => "unix://" + socketPath;

    public FaultPlan Faults { get; } = new();

    /// <summary>Method and path of every request, without the version.</summary>
    public ConcurrentQueue<string> Requests { get; } = new();

    /// <summary>Requests that stand still: what was to be done before that is done.</summary>
    public int Held => Volatile.Read(ref _held);

    /// <summary>GPUs that two containers had at once.</summary>
    public ConcurrentQueue<string> Defects { get; } = new();

    /// <summary>What the images' runner says of its version; null for images without one.</summary>
    public string? RunnerVersion { get; set; }

    /// <summary>Started runners never speak to GitHub.</summary>
    public bool IsMute { get; set; }

    /// <summary>No such image is there.</summary>
    public string? MissingImage { get; set; }

    /// <summary>A file that every job leaves for its report.</summary>
    public (string Name, string Content)? Harvest { get; set; }

    public IReadOnlyList<FakeContainer> Containers => [.. _containers.Values];

    /// <summary>Names of everything there is: containers and networks.</summary>
    public IReadOnlyList<string> Present => [.. _containers.Values.Select(container => container.Name).Concat(_networks.Values.Select(network => network.Name))];

    public async Task StartAsync()
    {
        WebApplicationBuilder builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        // A restarted engine drops what is open: it does not wait for those who wait for a container.
        builder.Services.Configure<HostOptions>(options => options.ShutdownTimeout = TimeSpan.FromMilliseconds(50));
        File.Delete(socketPath);
        builder.WebHost.ConfigureKestrel(kestrel => kestrel.ListenUnixSocket(socketPath));
        builder.Services.AddRoutingCore();
        _app = builder.Build();
        _app.Run(HandleAsync);
        await _app.StartAsync();
    }

    /// <summary>The engine goes away; its containers stay as they are, or are killed with it.</summary>
    public async Task StopAsync(bool killsContainers)
    {
        if (_app is not { } app)
            return;
        _app = null;
        await app.StopAsync();
        await app.DisposeAsync();
        if (!killsContainers)
            return;
        foreach (FakeContainer container in _containers.Values)
            End(container, 137);
    }

    /// <summary>Kills a container as the kernel would.</summary>
    public void Kill(FakeContainer container) => End(container, 137);

    /// <summary>A client of it, for what a test does behind the daemon's back.</summary>
    public HttpClient CreateHttpClient() => new(new SocketsHttpHandler
    {
        ConnectCallback = async (_, cancellationToken) =>
        {
            var socket = new Socket(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified);
            await socket.ConnectAsync(new UnixDomainSocketEndPoint(socketPath), cancellationToken);
            return new NetworkStream(socket, ownsSocket: true);
        },
    })
    {
        BaseAddress = new Uri("http://engine"),
    };

    public async ValueTask DisposeAsync()
    {
        await StopAsync(killsContainers: true);
        File.Delete(socketPath);
    }

    private async Task HandleAsync(HttpContext context)
    {
        // Without /v1.41.
        string path = context.Request.Path.Value ?? "";
        path = path.StartsWith("/v1.", StringComparison.Ordinal) ? path[path.IndexOf('/', 1)..] : path;
        Requests.Enqueue($"{context.Request.Method} {path}");
        Fault? fault = Faults.Take(context.Request.Method, path);
        if (fault?.Kind is FaultKind.StatusBeforeApplying)
        {
            await TextAsync(context, fault.Status, fault.Body);
            return;
        }

        if (fault?.Kind is FaultKind.ResetBeforeApplying)
        {
            context.Abort();
            return;
        }

        if (fault?.Kind is not FaultKind.Hang)
        {
            Stream wire = context.Response.Body;
            if (fault is not null)
                context.Response.Body = new MemoryStream();
            await AnswerAsync(context, path);
            if (fault is null)
                return;
            context.Response.Body = wire;
        }

        if (fault.Kind is FaultKind.Hang or FaultKind.Slow)
        {
            Interlocked.Increment(ref _held);
            await Task.Delay(Timeout.InfiniteTimeSpan, context.RequestAborted).ContinueWith(static _ => { }, TaskScheduler.Default);
        }

        context.Abort();
    }

    private Task AnswerAsync(HttpContext context, string path)
    {
        string[] parts = path.Split('/', StringSplitOptions.RemoveEmptyEntries);
        return (context.Request.Method, parts) switch
        {
            (_, ["_ping"]) => PingAsync(context),
            ("GET", ["info"]) => JsonAsync(context, """{"ServerVersion":"20.10.0","OperatingSystem":"Simulated","Architecture":"x86_64","Runtimes":{"nvidia":{}}}"""),
            ("GET", ["images", .. var image, "json"]) => ImageAsync(context, string.Join('/', image)),
            ("GET", ["volumes"]) => JsonAsync(context, """{"Volumes":[],"Warnings":null}"""),
            ("POST", ["images", "prune"]) => JsonAsync(context, """{"SpaceReclaimed":4096}"""),
            ("POST", ["containers", "create"]) => CreateAsync(context),
            ("GET", ["containers", "json"]) => ListContainersAsync(context),
            ("GET", ["networks"]) => ListNetworksAsync(context),
            ("POST", ["networks", "create"]) => CreateNetworkAsync(context),
            ("GET", ["networks", var network]) => InspectNetworkAsync(context, network),
            ("DELETE", ["networks", var network]) => RemoveNetworkAsync(context, network),
            (_, ["containers", var id, .. var rest]) => Find(id) is { } found
                ? ContainerAsync(context, found, rest is [var verb] ? verb : "")
                : TextAsync(context, 404, $$"""{"message":"No such container: {{id}}"}"""),
            _ => TextAsync(context, 404, """{"message":"page not found"}"""),
        };
    }

    private FakeContainer? Find(string idOrName) => _containers.GetValueOrDefault(idOrName) ?? _containers.Values.FirstOrDefault(container => container.Name == idOrName);

    private static Task PingAsync(HttpContext context)
    {
        context.Response.Headers["Api-Version"] = "1.41";
        return TextAsync(context, 200, "OK");
    }

    private Task ImageAsync(HttpContext context, string image) => image == MissingImage
        ? TextAsync(context, 404, $$"""{"message":"No such image: {{image}}"}""")
        : JsonAsync(context, """{"Id":"sha256:0000000000000000000000000000000000000000000000000000000000000000","Architecture":"amd64","Created":"2026-11-01T00:00:00Z","Size":1,"Config":{"Env":["PATH=/bin"]}}""");

    private static Task JsonAsync(HttpContext context, string json, int status = 200) => TextAsync(context, status, json);

    private static async Task TextAsync(HttpContext context, int status, string text)
    {
        context.Response.StatusCode = status;
        context.Response.ContentType = text.StartsWith('{') || text.StartsWith('[') ? "application/json" : "text/plain";
        if (status is not (204 or 304))
            await context.Response.WriteAsync(text, context.RequestAborted);
    }
}
