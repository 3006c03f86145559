namespace CmlNet.Runner.Fleet;

/// <summary>What a pool could make use of.</summary>
internal sealed record PoolNeed
{
    public required string Name { get; init; }

    /// <summary>GPUs for each runner.</summary>
    public int Gpus { get; init; }

    public long GpuMemoryBytes { get; init; }

    /// <summary>Runners it may still have by its own limit.</summary>
    public required int Room { get; init; }

    /// <summary>Jobs known to wait for a runner that there is not.</summary>
    public int Waiting { get; init; }
}
