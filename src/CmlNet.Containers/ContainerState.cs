namespace CmlNet.Containers;

/// <summary>How a container is doing.</summary>
public sealed record ContainerState
{
    public required bool IsRunning { get; init; }

    /// <summary>False for one that was created and never started.</summary>
    public bool HasStarted { get; init; } = true;

    public required ContainerHealth Health { get; init; }

    /// <summary>Exit code of the container's own command; null while it runs.</summary>
    public int? ExitCode { get; init; }

    /// <summary>The kernel killed it for using more memory than allowed.</summary>
    public bool IsOutOfMemory { get; init; }

    /// <summary>Host port by container port, e.g. <c>5432/tcp</c> → <c>32768</c>.</summary>
    public IReadOnlyDictionary<string, int> Ports { get; init; } = new Dictionary<string, int>(StringComparer.Ordinal);
}
