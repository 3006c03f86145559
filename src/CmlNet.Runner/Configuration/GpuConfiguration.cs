namespace CmlNet.Runner.Configuration;

/// <summary>How GPUs are found and handed to containers.</summary>
internal sealed record GpuConfiguration
{
    /// <summary>The program that lists GPUs, by name or path.</summary>
    public string Query { get; init; } = "nvidia-smi";

    /// <summary>UUIDs or indices that are never given to a job.</summary>
    public IReadOnlyList<string> Excluded { get; init; } = [];

    public TimeSpan Interval { get; init; } = TimeSpan.FromSeconds(30);

    /// <summary>
    /// Containers get their GPUs by the variable <c>NVIDIA_VISIBLE_DEVICES</c> alone, for engines whose default runtime
    /// is NVIDIA's; otherwise by a device request.
    /// </summary>
    public bool ByVariable { get; init; }
}
