using System.Runtime.InteropServices;

namespace CmlNet.Containers.Process;

/// <summary>
/// Runs commands on the host, without a container: no isolation, no images, no mounts. Each has a session of its own
/// and a clean environment; whatever a command leaves running in its group is killed with the "container".
/// </summary>
internal sealed class ProcessEngine(EngineContext context) : IContainerEngine
{
    public const string EngineName = "process";

    public string Name => EngineName;

    public Task<EngineInfo> ProbeAsync(CancellationToken cancellationToken)
    {
        SessionLauncher.Find(context.Variable);
        return Task.FromResult(new EngineInfo
        {
            Name = Name,
            Version = Environment.OSVersion.Version.ToString(),
            Endpoint = "host",
            OperatingSystem = RuntimeInformation.OSDescription,
            Architecture = Architecture,
            RunsOnHost = true,
        });
    }

    /// <summary>The host stands in for every image.</summary>
    public Task<ImageInfo> EnsureImageAsync(ImageRequest request, IProgress<ImageProgress> progress, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(request);
        var path = context.Variable("PATH");
        return Task.FromResult(new ImageInfo
        {
            Reference = request.Reference,
            Id = "host",
            Architecture = Architecture,
            Environment = path is null
                ? new Dictionary<string, string>(StringComparer.Ordinal)
                : new Dictionary<string, string>(StringComparer.Ordinal) { ["PATH"] = path },
        });
    }

    public Task<IContainerNetwork> CreateNetworkAsync(string name, IReadOnlyDictionary<string, string> labels, CancellationToken cancellationToken) =>
        Task.FromResult<IContainerNetwork>(new ProcessNetwork(name));

    /// <summary>Starts nothing yet. The image's and the spec's own command have no meaning here: a job's commands come one by one.</summary>
    public Task<IContainer> StartAsync(ContainerSpec spec, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(spec);
        return Task.FromResult<IContainer>(new ProcessContainer(spec, SessionLauncher.Find(context.Variable), context));
    }

    private static string Architecture => RuntimeInformation.OSArchitecture == System.Runtime.InteropServices.Architecture.X64 ? "amd64" : RuntimeInformation.OSArchitecture.ToString().ToLowerInvariant();
}
