using System.Text.Json.Serialization;

namespace CmlNet.Containers.Docker.Wire;

internal sealed record ContainerUsageWire
{
    [JsonPropertyName("cpu_stats")]
    public CpuUsageWire? Cpu { get; init; }

    [JsonPropertyName("memory_stats")]
    public MemoryUsageWire? Memory { get; init; }

    [JsonPropertyName("networks")]
    public IReadOnlyDictionary<string, NetworkUsageWire>? Networks { get; init; }

    [JsonPropertyName("blkio_stats")]
    public BlockUsageWire? Blocks { get; init; }
}

internal sealed record ContainerWait
{
    public int StatusCode { get; init; }
}

internal sealed record ImagePruneResult
{
    public long SpaceReclaimed { get; init; }
}

/// <summary>The parts that are used of what the engine measures.</summary>

internal sealed record CpuUsageWire
{
    [JsonPropertyName("cpu_usage")]
    public CpuTimeWire? Usage { get; init; }
}

internal sealed record CpuTimeWire
{
    /// <summary>Nanoseconds.</summary>
    [JsonPropertyName("total_usage")]
    public ulong Total { get; init; }
}

internal sealed record MemoryUsageWire
{
    [JsonPropertyName("usage")]
    public long? Usage { get; init; }

    [JsonPropertyName("stats")]
    public IReadOnlyDictionary<string, double>? Details { get; init; }
}

internal sealed record NetworkUsageWire
{
    [JsonPropertyName("rx_bytes")]
    public long Received { get; init; }

    [JsonPropertyName("tx_bytes")]
    public long Sent { get; init; }
}

internal sealed record BlockUsageWire
{
    [JsonPropertyName("io_service_bytes_recursive")]
    public IReadOnlyList<BlockCountWire>? Bytes { get; init; }
}

internal sealed record BlockCountWire
{
    [JsonPropertyName("op")]
    public string? Operation { get; init; }

    [JsonPropertyName("value")]
    public ulong Value { get; init; }
}
