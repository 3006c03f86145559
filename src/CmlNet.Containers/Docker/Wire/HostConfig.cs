using System.Text.Json.Serialization;

namespace CmlNet.Containers.Docker.Wire;

internal sealed record HostConfig
{
    public long? Memory { get; init; }

    public long? MemorySwap { get; init; }

    public long? NanoCpus { get; init; }

    public string? CpusetCpus { get; init; }

    public long? CpuShares { get; init; }

    public long? PidsLimit { get; init; }

    public long? ShmSize { get; init; }

    public bool? Privileged { get; init; }

    public bool? Init { get; init; }

    public bool? ReadonlyRootfs { get; init; }

    public string? IpcMode { get; init; }

    public string? PidMode { get; init; }

    public string? UsernsMode { get; init; }

    public string? Runtime { get; init; }

    public string? NetworkMode { get; init; }

    public IReadOnlyList<string>? Binds { get; init; }

    public IReadOnlyList<string>? CapAdd { get; init; }

    public IReadOnlyList<string>? CapDrop { get; init; }

    public IReadOnlyList<string>? GroupAdd { get; init; }

    public IReadOnlyList<string>? ExtraHosts { get; init; }

    public IReadOnlyList<string>? SecurityOpt { get; init; }

    public IReadOnlyList<string>? Dns { get; init; }

    public IReadOnlyList<string>? DnsSearch { get; init; }

    public IReadOnlyDictionary<string, string>? Tmpfs { get; init; }

    public IReadOnlyDictionary<string, string>? StorageOpt { get; init; }

    public IReadOnlyDictionary<string, string>? Sysctls { get; init; }

    public IReadOnlyList<Ulimit>? Ulimits { get; init; }

    public IReadOnlyList<DeviceMapping>? Devices { get; init; }

    public IReadOnlyList<DeviceRequest>? DeviceRequests { get; init; }

    public IReadOnlyDictionary<string, IReadOnlyList<PortBinding>>? PortBindings { get; init; }
}

internal sealed record Ulimit(string Name, long Soft, long Hard);

internal sealed record DeviceMapping(string PathOnHost, string PathInContainer, string CgroupPermissions);

internal sealed record DeviceRequest
{
    public required string Driver { get; init; }

    public int Count { get; init; }

    [JsonPropertyName("DeviceIDs")]
    public IReadOnlyList<string>? DeviceIds { get; init; }

    public required IReadOnlyList<IReadOnlyList<string>> Capabilities { get; init; }
}

internal sealed record PortBinding
{
    public string? HostIp { get; init; }

    public string? HostPort { get; init; }
}
