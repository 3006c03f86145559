namespace CmlNet.Runner.Harvest;

/// <summary>What a job has used of the machine; sums and extremes over samples.</summary>
internal sealed record JobUsage
{
    public int Samples { get; init; }

    /// <summary>Unix milliseconds.</summary>
    public long First { get; init; }

    public long Last { get; init; }

    public double CpuSeconds { get; init; }

    public long PeakMemoryBytes { get; init; }

    public long NetworkBytes { get; init; }

    public long DiskBytes { get; init; }

    public int Gpus { get; init; }

    /// <summary>Per cent, over all its GPUs; times the number of samples that had one.</summary>
    public double GpuUtilizationSum { get; init; }

    public int GpuSamples { get; init; }

    public long PeakGpuMemoryBytes { get; init; }

    public double WattHours { get; init; }

    /// <summary>How it went, oldest first; of long jobs not every sample.</summary>
    public IReadOnlyList<UsagePoint> Points { get; init; } = [];

    /// <summary>Every so-manieth sample is kept.</summary>
    public int Every { get; init; } = 1;

    public double? GpuUtilization => GpuSamples == 0 ? null : GpuUtilizationSum / GpuSamples;

    public TimeSpan Span => TimeSpan.FromMilliseconds(Last - First);
}
