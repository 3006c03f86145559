namespace CmlNet.Containers;

/// <summary>Resource limits and security settings of a container, in the engine's own units.</summary>
public sealed record ContainerOptions
{
    public static ContainerOptions Default { get; } = new();

    /// <summary>Memory limit in bytes; 0 for none.</summary>
    public long MemoryBytes { get; init; }

    /// <summary>Memory plus swap in bytes; 0 for the engine's default, -1 for no limit.</summary>
    public long MemorySwapBytes { get; init; }

    /// <summary>Size of /dev/shm in bytes; 0 for the engine's default (64 MiB).</summary>
    public long SharedMemoryBytes { get; init; }

    /// <summary>CPU limit in billionths of a CPU; 0 for none.</summary>
    public long NanoCpus { get; init; }

    /// <summary>CPUs the container may use, e.g. <c>0-3,8</c>; null for all.</summary>
    public string? CpuSet { get; init; }

    /// <summary>Relative weight of CPU time; 0 for the engine's default (1024).</summary>
    public long CpuShares { get; init; }

    /// <summary>Number of processes and threads; 0 for no limit.</summary>
    public long PidsLimit { get; init; }

    public bool Privileged { get; init; }

    public bool Init { get; init; }

    /// <summary>The root file system cannot be written.</summary>
    public bool ReadOnlyRoot { get; init; }

    public string? Hostname { get; init; }

    public string? IpcMode { get; init; }

    public string? PidMode { get; init; }

    public string? UserNamespace { get; init; }

    /// <summary>OCI runtime by the engine's name for it, e.g. <c>nvidia</c>; null for the default.</summary>
    public string? Runtime { get; init; }

    public string? StopSignal { get; init; }

    /// <summary>How long a stop waits for the container to end by itself; null for the engine's default (10 s).</summary>
    public TimeSpan? StopTimeout { get; init; }

    /// <summary>Size of the container's writable layer in bytes; 0 for no limit. Not every storage driver can do it.</summary>
    public long DiskBytes { get; init; }

    public string? User { get; init; }

    public string? WorkingDirectory { get; init; }

    public IReadOnlyList<string> AddedCapabilities { get; init; } = [];

    public IReadOnlyList<string> DroppedCapabilities { get; init; } = [];

    public IReadOnlyList<string> AddedGroups { get; init; } = [];

    /// <summary>Devices as in <c>docker --device</c>: <c>host[:container[:permissions]]</c>.</summary>
    public IReadOnlyList<string> Devices { get; init; } = [];

    public IReadOnlyList<string> ExtraHosts { get; init; } = [];

    public IReadOnlyList<string> SecurityOptions { get; init; } = [];

    public IReadOnlyList<string> Dns { get; init; } = [];

    public IReadOnlyList<string> DnsSearch { get; init; } = [];

    /// <summary>Memory file systems as in <c>docker --tmpfs</c>: <c>/path[:options]</c>.</summary>
    public IReadOnlyList<string> Tmpfs { get; init; } = [];

    public IReadOnlyList<Mount> Mounts { get; init; } = [];

    /// <summary>Port mappings, added to those of <see cref="ContainerSpec.Ports"/>.</summary>
    public IReadOnlyList<string> Ports { get; init; } = [];

    public IReadOnlyDictionary<string, string> Environment { get; init; } = new Dictionary<string, string>(StringComparer.Ordinal);

    public IReadOnlyDictionary<string, string> Labels { get; init; } = new Dictionary<string, string>(StringComparer.Ordinal);

    public IReadOnlyDictionary<string, string> Sysctls { get; init; } = new Dictionary<string, string>(StringComparer.Ordinal);

    /// <summary>Limit by name: <c>soft</c> or <c>soft:hard</c>, e.g. <c>memlock</c> → <c>-1</c>.</summary>
    public IReadOnlyDictionary<string, string> Ulimits { get; init; } = new Dictionary<string, string>(StringComparer.Ordinal);

    public HealthCheck? HealthCheck { get; init; }

    public GpuRequest Gpus { get; init; } = GpuRequest.None;

    /// <summary>In place of the image's; empty for none.</summary>
    public string? Entrypoint { get; init; }
}
