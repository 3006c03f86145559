using System.Text.Json;
using CmlNet.Containers.Docker.Wire;
using Microsoft.Extensions.Logging;

namespace CmlNet.Containers.Docker;

/// <summary>A Docker engine (or Podman behind the same API), found by <see cref="DockerEndpoint.Discover"/> at the first call.</summary>
internal sealed partial class DockerEngine(EngineContext context, Func<HttpMessageHandler, HttpMessageHandler>? decorate = null)
    : IContainerEngine, IContainerCleaner, IImageBuilder, IForegroundEngine, IDetachedContainers, IContainerWatch, IContainerFiles, IImageCleaner, IDisposable
{
    public const string EngineName = "docker";

    private static readonly TimeSpan RemovalTimeout = TimeSpan.FromSeconds(30);

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
            // Its folder is looked for too: a container may have the machine's name.
            IsOnThisMachine = Client.Endpoint.IsLocal && info.Name?.Split('.')[0] == Environment.MachineName.Split('.')[0] && Directory.Exists(info.DockerRootDir),
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
        var created = await CreateAsync(
            new DockerRequest
            {
                Method = HttpMethod.Post,
                Path = "/networks/create",
                Purpose = $"create network {name}",
                Json = JsonSerializer.SerializeToUtf8Bytes(new NetworkCreateRequest { Name = name, Labels = labels }, DockerJson.Default.NetworkCreateRequest),
            },
            token => DockerNetwork.RemoveAsync(Client, name, name, context.Time, _logger, token));
        var network = new DockerNetwork(Client, created.Id, name, context.Time, _logger);
        if (cancellationToken.IsCancellationRequested)
            await network.DisposeAsync();
        cancellationToken.ThrowIfCancellationRequested();
        return network;
    }

    public async Task<IContainer> StartAsync(ContainerSpec spec, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(spec);
        var container = await CreateContainerAsync(spec, cancellationToken);
        try
        {
            await Client.DoAsync(
                new DockerRequest { Method = HttpMethod.Post, Path = $"/containers/{container.Id}/start", Purpose = $"start container {spec.Name}" },
                cancellationToken);
            return container;
        }
        catch
        {
            await container.DisposeAsync();
            throw;
        }
    }

    public async Task<ExecResult> RunToEndAsync(ContainerSpec spec, IOutputSink output, StopLadder stop, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(spec);
        ArgumentNullException.ThrowIfNull(stop);
        await using var container = await CreateContainerAsync(spec, cancellationToken);
        return await new DockerForeground(Client, container.Id, spec.Name, context.Time).RunAsync(output, stop, cancellationToken);
    }

    public Task<string> BuildAsync(ImageBuild build, IProgress<string> log, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(build);
        ArgumentNullException.ThrowIfNull(log);
        return new ImageBuilder(Client).BuildAsync(build, log, cancellationToken);
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

    /// <summary>When no answer came, the engine may have made it all the same, or may be about to: it is then removed by its name, which is nobody else's.</summary>
    private async Task<IdResponse> CreateAsync(DockerRequest request, Func<CancellationToken, Task> removeAsync)
    {
        try
        {
            return await Client.ReadAsync(request, DockerJson.Default.IdResponse, CancellationToken.None);
        }
        catch (EngineException exception) when (exception.Status is null)
        {
            using var limit = new CancellationTokenSource(RemovalTimeout, context.Time);
            try
            {
                await removeAsync(limit.Token);
            }
            catch (Exception other) when (other is EngineException or OperationCanceledException)
            {
                // What the first error says is what there is to say; a later run finds what was left by its labels.
            }

            throw;
        }
    }

    public void Dispose() => _client?.Dispose();

    private async Task<DockerContainer> CreateContainerAsync(ContainerSpec spec, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        // Not cancellable once sent, as for networks.
        var created = await CreateAsync(
            new DockerRequest
            {
                Method = HttpMethod.Post,
                Path = "/containers/create",
                Purpose = $"create container {spec.Name} from {spec.Image}",
                Query = [("name", spec.Name)],
                Json = JsonSerializer.SerializeToUtf8Bytes(CreateRequestBuilder.Build(spec), DockerJson.Default.ContainerCreateRequest),
            },
            token => DockerContainer.RemoveAsync(Client, spec.Name, spec.Name, token));
        return new DockerContainer(Client, created.Id, spec.Name, context.Time, _logger);
    }
}
