namespace CmlNet.Runner.Configuration;

/// <summary>When the disk is too full for another job.</summary>
internal sealed record DiskConfiguration
{
    /// <summary>A path on the engine's disk.</summary>
    public string Path { get; init; } = "/";

    /// <summary>Below this many bytes free no job is taken; 0 for never.</summary>
    public long LeastFreeBytes { get; init; } = 5_000_000_000;
}
