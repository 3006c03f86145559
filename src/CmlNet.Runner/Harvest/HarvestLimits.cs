namespace CmlNet.Runner.Harvest;

/// <summary>How much a job may leave to be reported.</summary>
internal sealed record HarvestLimits
{
    public long Bytes { get; init; } = 64 * 1024 * 1024;

    public int Files { get; init; } = 2000;

    public int Depth { get; init; } = 12;

    public int NameLength { get; init; } = 240;
}
