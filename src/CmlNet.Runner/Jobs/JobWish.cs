namespace CmlNet.Runner.Jobs;

/// <summary>A queued job that wants a runner of its own, with exactly its labels.</summary>
internal sealed record JobWish
{
    public required long RequestId { get; init; }

    public required IReadOnlyList<string> Labels { get; init; }

    /// <summary>From a label <c>gpu:N</c>; null for the pool's own number.</summary>
    public int? Gpus { get; init; }

    /// <summary>From a label <c>gpu-mem:40g</c>; null for the pool's own.</summary>
    public long? GpuMemoryBytes { get; init; }
}
