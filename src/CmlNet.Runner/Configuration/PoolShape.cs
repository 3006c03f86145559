namespace CmlNet.Runner.Configuration;

/// <summary>What one job of a pool gets.</summary>
internal sealed record PoolShape
{
    public int Gpus { get; init; }

    /// <summary>Least memory of each GPU in bytes; 0 takes any.</summary>
    public long GpuMemoryBytes { get; init; }

    /// <summary>CPUs; 0 for no limit.</summary>
    public double Cpus { get; init; }

    /// <summary>Bytes; 0 for no limit.</summary>
    public long MemoryBytes { get; init; }

    /// <summary>Size of /dev/shm in bytes; 0 for the engine's default.</summary>
    public long SharedMemoryBytes { get; init; }

    /// <summary>Size of the work folder in memory, or of the container's layer on disk, in bytes; 0 for no limit.</summary>
    public long DiskBytes { get; init; }

    /// <summary>The work folder is a memory file system.</summary>
    public bool WorksInMemory { get; init; }

    /// <summary>Processes and threads; 0 for no limit.</summary>
    public int Pids { get; init; } = 16384;
}
