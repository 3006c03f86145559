using System.Security.Cryptography;
using CmlNet.Runner.Configuration;
using CmlNet.Runner.Jobs.GitHub;
using CmlNet.Runner.Jobs.GitHub.ScaleSets;
using CmlNet.Testing.Actions;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;

namespace CmlNet.Runner.Tests.Jobs.GitHub;

/// <summary>The fake service, and a client of it with an App's key.</summary>
internal sealed class ActionsScene : IAsyncDisposable
{
    // Making one takes longer than most tests.
    private static readonly RSA Key = RSA.Create(2048);
    private readonly SocketsHttpHandler _handler = new();

    private ActionsScene(FakeActionsService service) => Service = service;

    public FakeActionsService Service { get; }

    public MemorySessions Sessions { get; } = new();

    public RecordingSink Sink { get; } = new();

    public static async Task<ActionsScene> StartAsync()
    {
        var scene = new ActionsScene(await FakeActionsService.StartAsync());
        scene.Service.App = ("Iv23test", Key);
        scene.Service.Behavior.PollTime = TimeSpan.FromMilliseconds(300);
        return scene;
    }

    public ScaleSetClient Client(string pool = "gpu1", string group = "default", params IReadOnlyList<string> labels) => Client(NullLogger.Instance, pool, group, labels);

    public ScaleSetClient Client(ILogger logger, string pool, string group, params IReadOnlyList<string> labels)
    {
        GitHubScope scope = GitHubScope.Parse(new Uri(Service.OrganizationUrl), isServerForced: false);
        var http = new GitHubHttp(_handler, new GitHubRetries { FirstDelay = TimeSpan.FromMilliseconds(5), LongestDelay = TimeSpan.FromMilliseconds(20) }, TimeProvider.System, NullLogger.Instance) { UserAgent = """{"kind":"scaleset"}""" };
        var app = new Authentication { ClientId = "Iv23test", InstallationId = 42, PrivateKey = new SecretReference(SecretKind.Variable, "KEY") };
        var credentials = new AppCredentials(http, scope, app, _ => Key.ExportRSAPrivateKeyPem());
        return new ScaleSetClient(new ActionsConnection(http, scope, credentials), pool, labels.Count == 0 ? [pool] : labels, group, logger);
    }

    public ScaleSetSource Source(ScaleSetClient client, string pool = "gpu1") => new(
        client, new PoolConfiguration { Name = pool, Labels = [pool] }, "box-1", Sessions, new ScaleSetTimes { AfterConflict = TimeSpan.FromMilliseconds(50), AfterLoss = TimeSpan.FromMilliseconds(10) }, TimeProvider.System, NullLogger.Instance);

    public async ValueTask DisposeAsync()
    {
        await Service.DisposeAsync();
        _handler.Dispose();
        Sink.Dispose();
    }
}
