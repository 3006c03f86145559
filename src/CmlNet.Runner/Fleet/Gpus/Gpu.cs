namespace CmlNet.Runner.Fleet.Gpus;

/// <summary>A GPU, or an instance of one that is partitioned (MIG).</summary>
internal sealed record Gpu
{
    /// <summary>As the driver names it: <c>GPU-…</c> or <c>MIG-…</c>; what a container is given.</summary>
    public required string Uuid { get; init; }

    public required int Index { get; init; }

    public required string Name { get; init; }

    public long MemoryBytes { get; init; }

    public long UsedMemoryBytes { get; init; }

    /// <summary>Per cent; null when the driver does not say (MIG).</summary>
    public double? Utilization { get; init; }

    public double? Watts { get; init; }

    /// <summary>Why no job gets it; null when it is well.</summary>
    public string? Defect { get; init; }
}
