using CmlNet.Containers;

namespace CmlNet.Runner.Tests.Daemon;

/// <summary>An engine that has every image and no containers.</summary>
internal sealed class SimulatedEngine : IContainerEngine, IImageCleaner
{
    public string Name => "docker";

    public bool HasGpuRuntime { get; set; } = true;

    /// <summary>Nobody answers.</summary>
    public EngineException? Silence { get; set; }

    /// <summary>So many times, and then somebody does.</summary>
    public int SilentProbes { get; set; } = int.MaxValue;

    /// <summary>What goes wrong when an image is asked for.</summary>
    public EngineException? ImageFailure { get; set; }

    /// <summary>What happens when the images that nobody uses are removed.</summary>
    public Action Cleaning { get; set; } = static () => { };

    public Task<CleaningResult> RemoveDanglingAsync(IReadOnlySet<string> keptVolumes, CancellationToken cancellationToken)
    {
        Cleaning();
        return Task.FromResult(new CleaningResult(1, []));
    }

    public Task<EngineInfo> ProbeAsync(CancellationToken cancellationToken) =>
        Silence is { } silence && SilentProbes-- > 0 ? throw silence : Task.FromResult(new EngineInfo { Name = "docker", Version = "1", Endpoint = "unix:///simulated", OperatingSystem = "test", Architecture = "x86_64", HasGpuRuntime = HasGpuRuntime });

    public Task<ImageInfo> EnsureImageAsync(ImageRequest request, IProgress<ImageProgress> progress, CancellationToken cancellationToken) =>
        ImageFailure is { } failure ? throw failure : Task.FromResult(new ImageInfo { Reference = request.Reference, Id = "sha256:1" });

    public Task<IContainerNetwork> CreateNetworkAsync(string name, IReadOnlyDictionary<string, string> labels, CancellationToken cancellationToken) => throw new NotSupportedException();

    public Task<IContainer> StartAsync(ContainerSpec spec, CancellationToken cancellationToken) => throw new NotSupportedException();
}
