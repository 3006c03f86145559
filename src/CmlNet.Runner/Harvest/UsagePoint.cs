namespace CmlNet.Runner.Harvest;

/// <summary>What a job used at one moment.</summary>
/// <param name="Moment">Unix milliseconds.</param>
/// <param name="Cpus">CPUs in use, on average since the sample before.</param>
/// <param name="MemoryBytes">Memory.</param>
/// <param name="GpuUtilization">Per cent over all its GPUs; null where there is none, or it does not say.</param>
/// <param name="GpuMemoryBytes">Memory of all its GPUs.</param>
/// <param name="Watts">Power of all its GPUs.</param>
internal sealed record UsagePoint(long Moment, double Cpus, long MemoryBytes, double? GpuUtilization, long GpuMemoryBytes, double Watts);
