namespace CmlNet.Containers;

/// <summary>Starts containers (or, for the process engine, host processes) and nothing else. Resolved by <see cref="Name"/>.</summary>
public interface IContainerEngine
{
    /// <summary>The name a user gives to <c>--engine</c>: <c>docker</c>, <c>process</c>.</summary>
    string Name { get; }

    /// <summary>Asks the engine what it is. Throws <see cref="EngineException"/> with kind <see cref="EngineErrorKind.Unreachable"/> when nobody answers.</summary>
    Task<EngineInfo> ProbeAsync(CancellationToken cancellationToken);

    /// <summary>Makes an image available: a local one is used without asking a registry, a missing one is pulled with progress.</summary>
    Task<ImageInfo> EnsureImageAsync(ImageRequest request, IProgress<ImageProgress> progress, CancellationToken cancellationToken);

    /// <summary>Creates a network of its own; disposing removes it.</summary>
    Task<IContainerNetwork> CreateNetworkAsync(string name, IReadOnlyDictionary<string, string> labels, CancellationToken cancellationToken);

    /// <summary>Creates and starts one container; disposing removes it with its anonymous volumes.</summary>
    Task<IContainer> StartAsync(ContainerSpec spec, CancellationToken cancellationToken);
}
