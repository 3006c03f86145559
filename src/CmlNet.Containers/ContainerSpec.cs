namespace CmlNet.Containers;

/// <summary>Everything an engine needs to start one container. Plain data: <c>cml run --plan</c> prints it.</summary>
public sealed record ContainerSpec
{
    public required string Name { get; init; }

    /// <summary>Image reference, already made available by <see cref="IContainerEngine.EnsureImageAsync"/>.</summary>
    public required string Image { get; init; }

    /// <summary>Overrides the image's entry point when not null; an empty list clears it.</summary>
    public IReadOnlyList<string>? Entrypoint { get; init; }

    public IReadOnlyList<string> Command { get; init; } = [];

    public IReadOnlyDictionary<string, string> Environment { get; init; } = new Dictionary<string, string>(StringComparer.Ordinal);

    public string? WorkingDirectory { get; init; }

    public string? User { get; init; }

    public IReadOnlyList<Mount> Mounts { get; init; } = [];

    /// <summary>Name or id of the network; <c>none</c> for no network, null for the engine's default.</summary>
    public string? Network { get; init; }

    public IReadOnlyList<string> NetworkAliases { get; init; } = [];

    /// <summary>Port mappings as in <c>docker -p</c>, e.g. <c>5432:5432/tcp</c> or <c>8080</c> (host port chosen by the engine).</summary>
    public IReadOnlyList<string> Ports { get; init; } = [];

    public IReadOnlyDictionary<string, string> Labels { get; init; } = new Dictionary<string, string>(StringComparer.Ordinal);

    public GpuRequest Gpus { get; init; } = GpuRequest.None;

    /// <summary>The rest of what <c>docker create</c> knows, from a workflow's <c>container.options</c>.</summary>
    public ContainerOptions Options { get; init; } = ContainerOptions.Default;
}
