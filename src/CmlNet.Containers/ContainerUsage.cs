namespace CmlNet.Containers;

/// <summary>What a running container has used so far.</summary>
public sealed record ContainerUsage
{
    /// <summary>CPU time of all its processes.</summary>
    public required TimeSpan Cpu { get; init; }

    /// <summary>Memory in bytes, without the page cache that can be given back at once.</summary>
    public required long MemoryBytes { get; init; }

    /// <summary>Bytes received and sent over all its networks.</summary>
    public long NetworkBytes { get; init; }

    /// <summary>Bytes read from and written to block devices.</summary>
    public long DiskBytes { get; init; }
}
