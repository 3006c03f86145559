using System.Text.Json;
using CmlNet.Containers.Docker.Wire;
using Microsoft.Extensions.Logging;

namespace CmlNet.Containers.Docker;

/// <summary>A Docker engine (or Podman behind the same API), found by <see cref="DockerEndpoint.Discover"/> at the first call.</summary>
internal sealed class DockerEngine(EngineContext context, Func<HttpMessageHandler, HttpMessageHandler>? decorate = null) : IContainerEngine, IContainerCleaner, IDisposable
{
    public const string EngineName = "docker";

    private readonly ILogger _logger = context.Loggers.CreateLogger("CmlNet.Containers.Docker");
    private readonly Lock _lock = new();
    private DockerClient? _client;

    public string Name => EngineName;

    internal DockerClient Client
    {
        get
        {
            lock (_lock)
                return _client ??= new DockerClient(DockerEndpoint.Discover(context.Variable), context.Time, decorate);
        }
    }

    public async Task<EngineInfo> ProbeAsync(CancellationToken cancellationToken)
    {
        var info = await Client.ReadAsync(
            new DockerRequest { Method = HttpMethod.Get, Path = "/info", Purpose = "ask what it is" },
            DockerJson.Default.SystemInfo,
            cancellationToken);
        return new EngineInfo
        {
            Name = Name,
            Version = info.ServerVersion ?? "unknown",
            Endpoint = Client.Endpoint.Address,
            OperatingSystem = info.OperatingSystem ?? "unknown",
            Architecture = info.Architecture ?? "unknown",
            HasGpuRuntime = info.Runtimes?.ContainsKey("nvidia") == true,
            SharesFileSystem = Client.Endpoint.IsLocal,
        };
    }

    public Task<ImageInfo> EnsureImageAsync(ImageRequest request, IProgress<ImageProgress> progress, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(request);
        ArgumentNullException.ThrowIfNull(progress);
        return new ImagePuller(Client, context, _logger).EnsureAsync(request, progress, cancellationToken);
    }

    public async Task<IContainerNetwork> CreateNetworkAsync(string name, IReadOnlyDictionary<string, string> labels, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        // Not cancellable once sent: what the engine makes is then known by its id, and removed.
        var created = await Client.ReadAsync(
            new DockerRequest
            {
                Method = HttpMethod.Post,
                Path = "/networks/create",
                Purpose = $"create network {name}",
                Json = JsonSerializer.SerializeToUtf8Bytes(new NetworkCreateRequest { Name = name, Labels = labels }, DockerJson.Default.NetworkCreateRequest),
            },
            DockerJson.Default.IdResponse,
            CancellationToken.None);
        var network = new DockerNetwork(Client, created.Id, name, context.Time, _logger);
        if (cancellationToken.IsCancellationRequested)
            await network.DisposeAsync();
        cancellationToken.ThrowIfCancellationRequested();
        return network;
    }

    public async Task<IContainer> StartAsync(ContainerSpec spec, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(spec);
        cancellationToken.ThrowIfCancellationRequested();
        // Not cancellable once sent, as for networks.
        var created = await Client.ReadAsync(
            new DockerRequest
            {
                Method = HttpMethod.Post,
                Path = "/containers/create",
                Purpose = $"create container {spec.Name} from {spec.Image}",
                Query = [("name", spec.Name)],
                Json = JsonSerializer.SerializeToUtf8Bytes(CreateRequestBuilder.Build(spec), DockerJson.Default.ContainerCreateRequest),
            },
            DockerJson.Default.IdResponse,
            CancellationToken.None);
        var container = new DockerContainer(Client, created.Id, spec.Name, context.Time, _logger);
        try
        {
            await Client.DoAsync(
                new DockerRequest { Method = HttpMethod.Post, Path = $"/containers/{created.Id}/start", Purpose = $"start container {spec.Name}" },
                cancellationToken);
            return container;
        }
        catch
        {
            await container.DisposeAsync();
            throw;
        }
    }

    public Task<IReadOnlyList<Leftover>> FindAsync(string label, CancellationToken cancellationToken) =>
        new LeftoverSearch(Client).FindAsync(label, cancellationToken);

    public Task RemoveAsync(Leftover leftover, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(leftover);
        return leftover.Kind == LeftoverKind.Container
            ? DockerContainer.RemoveAsync(Client, leftover.Id, leftover.Name, cancellationToken)
            : DockerNetwork.RemoveAsync(Client, leftover.Id, leftover.Name, context.Time, _logger, cancellationToken);
    }

    public void Dispose() => _client?.Dispose();
}
