namespace CmlNet.Runner.Control;

internal sealed record GpuStatus
{
    public required string Uuid { get; init; }

    public required int Index { get; init; }

    public required string Name { get; init; }

    public required long MemoryBytes { get; init; }

    public required long UsedMemoryBytes { get; init; }

    public double? Utilization { get; init; }

    public double? Watts { get; init; }

    public string? Runner { get; init; }

    public string? Defect { get; init; }
}
