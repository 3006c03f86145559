namespace CmlNet.Containers;

/// <summary>Resource limits and security settings of a container, in the engine's own units.</summary>
public sealed record ContainerOptions
{
    public static ContainerOptions Default { get; } = new();

    /// <summary>Memory limit in bytes; 0 for none.</summary>
    public long MemoryBytes { get; init; }

    /// <summary>Size of /dev/shm in bytes; 0 for the engine's default (64 MiB).</summary>
    public long SharedMemoryBytes { get; init; }

    /// <summary>CPU limit in billionths of a CPU; 0 for none.</summary>
    public long NanoCpus { get; init; }

    public bool Privileged { get; init; }

    public bool Init { get; init; }

    public string? Hostname { get; init; }

    public string? IpcMode { get; init; }

    public string? PidMode { get; init; }

    public string? User { get; init; }

    public IReadOnlyList<string> AddedCapabilities { get; init; } = [];

    public IReadOnlyList<string> DroppedCapabilities { get; init; } = [];

    public IReadOnlyList<string> Devices { get; init; } = [];

    public IReadOnlyList<string> ExtraHosts { get; init; } = [];

    public IReadOnlyList<string> SecurityOptions { get; init; } = [];

    public IReadOnlyList<string> Dns { get; init; } = [];

    public IReadOnlyList<string> Tmpfs { get; init; } = [];

    public IReadOnlyList<Mount> Mounts { get; init; } = [];

    public IReadOnlyDictionary<string, string> Environment { get; init; } = new Dictionary<string, string>(StringComparer.Ordinal);

    public IReadOnlyDictionary<string, string> Labels { get; init; } = new Dictionary<string, string>(StringComparer.Ordinal);

    public IReadOnlyDictionary<string, string> Sysctls { get; init; } = new Dictionary<string, string>(StringComparer.Ordinal);

    public IReadOnlyDictionary<string, string> Ulimits { get; init; } = new Dictionary<string, string>(StringComparer.Ordinal);

    public HealthCheck? HealthCheck { get; init; }

    public GpuRequest Gpus { get; init; } = GpuRequest.None;
}
