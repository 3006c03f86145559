namespace CmlNet.Containers;

/// <summary>GPUs for a container: none, all, a count, or devices by id (index or UUID).</summary>
public sealed record GpuRequest
{
    public static GpuRequest None { get; } = new();

    public static GpuRequest All { get; } = new() { Count = -1 };

    /// <summary>Number of GPUs; -1 means all, 0 none.</summary>
    public int Count { get; init; }

    public IReadOnlyList<string> DeviceIds { get; init; } = [];

    public bool IsNone => Count == 0 && DeviceIds.Count == 0;
}
