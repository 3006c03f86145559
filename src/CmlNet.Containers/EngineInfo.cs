namespace CmlNet.Containers;

/// <summary>What an engine says of itself.</summary>
public sealed record EngineInfo
{
    public required string Name { get; init; }

    public required string Version { get; init; }

    /// <summary>Where it was reached, e.g. <c>unix:///var/run/docker.sock</c>.</summary>
    public required string Endpoint { get; init; }

    public required string OperatingSystem { get; init; }

    public required string Architecture { get; init; }

    /// <summary>The NVIDIA container runtime is known to the engine.</summary>
    public bool HasGpuRuntime { get; init; }

    /// <summary>Paths of this machine can be bind-mounted; commands see host paths as they are when <see cref="RunsOnHost"/>.</summary>
    public bool SharesFileSystem { get; init; } = true;

    /// <summary>It is no virtual machine's, and we are in no container of it: all mounts of this machine are its own too.</summary>
    public bool IsOnThisMachine { get; init; }

    /// <summary>Commands run on the host itself, without a container.</summary>
    public bool RunsOnHost { get; init; }
}
