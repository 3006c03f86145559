using System.Text.Json;
using CmlNet.Containers;
using CmlNet.Runner.Fleet;
using CmlNet.Runner.Fleet.Gpus;
using CmlNet.Runner.Journal;

namespace CmlNet.Runner.Harvest;

/// <summary>Measures what running jobs use, now and then.</summary>
internal sealed class UsageSampler(IReadOnlyList<PoolFleet> pools, IRunnerInspection? inspection, SqliteJournal journal, GpuAllocator gpus, TimeProvider time)
{
    private const int MostPoints = 120;

    public async Task SampleAsync(CancellationToken cancellationToken)
    {
        if (inspection is null)
            return;
        foreach (RunnerRecord runner in pools.SelectMany(pool => pool.Runners).Where(runner => runner is { State: RunnerState.Busy, ContainerId: not null }))
        {
            try
            {
                if (await inspection.ReadUsageAsync(runner.ContainerId!, cancellationToken) is { } used) // just checked
                    journal.SaveUsage(runner.Name, JsonSerializer.Serialize(Add(Read(journal, runner.Name), used, OwnGpus(runner), time.GetUtcNow()), HarvestJson.Default.JobUsage));
            }
            catch (EngineException)
            {
                // A sample less; the job does not mind.
            }
        }
    }

    public static JobUsage? Read(SqliteJournal journal, string runner) => journal.FindUsage(runner) is { } text ? JsonSerializer.Deserialize(text, HarvestJson.Default.JobUsage) : null;

    internal static JobUsage Add(JobUsage? before, ContainerUsage used, IReadOnlyList<Gpu> own, DateTimeOffset now)
    {
        JobUsage known = before ?? new JobUsage { First = now.ToUnixTimeMilliseconds(), Last = now.ToUnixTimeMilliseconds() };
        double hours = (now.ToUnixTimeMilliseconds() - known.Last) / 3_600_000.0;
        double[] utilization = [.. own.Where(gpu => gpu.Utilization is not null).Select(gpu => gpu.Utilization!.Value)]; // just checked
        double seconds = hours * 3600;
        var point = new UsagePoint(
            now.ToUnixTimeMilliseconds(),
            seconds > 0 ? Math.Round(Math.Max(0, used.Cpu.TotalSeconds - known.CpuSeconds) / seconds, 3) : 0,
            used.MemoryBytes,
            utilization.Length == 0 ? null : utilization.Average(),
            own.Sum(gpu => gpu.UsedMemoryBytes),
            own.Sum(gpu => gpu.Watts ?? 0));
        (IReadOnlyList<UsagePoint> points, int every) = Keep(known, point);
        return known with
        {
            Points = points,
            Every = every,
            Samples = known.Samples + 1,
            Last = now.ToUnixTimeMilliseconds(),
            CpuSeconds = Math.Max(known.CpuSeconds, used.Cpu.TotalSeconds),
            PeakMemoryBytes = Math.Max(known.PeakMemoryBytes, used.MemoryBytes),
            NetworkBytes = Math.Max(known.NetworkBytes, used.NetworkBytes),
            DiskBytes = Math.Max(known.DiskBytes, used.DiskBytes),
            Gpus = own.Count,
            GpuUtilizationSum = known.GpuUtilizationSum + (utilization.Length == 0 ? 0 : utilization.Average()),
            GpuSamples = known.GpuSamples + (utilization.Length == 0 ? 0 : 1),
            PeakGpuMemoryBytes = Math.Max(known.PeakGpuMemoryBytes, own.Sum(gpu => gpu.UsedMemoryBytes)),
            WattHours = known.WattHours + (own.Sum(gpu => gpu.Watts ?? 0) * hours),
        };
    }

    // Half of the points go whenever there are too many: a job of a day has as many as one of an hour.
    private static (IReadOnlyList<UsagePoint> Points, int Every) Keep(JobUsage known, UsagePoint point)
    {
        if (known.Samples % known.Every != 0)
            return (known.Points, known.Every);
        UsagePoint[] points = [.. known.Points, point];
        return points.Length <= MostPoints ? (points, known.Every) : ([.. points.Where((_, i) => i % 2 == 0)], known.Every * 2);
    }

    private List<Gpu> OwnGpus(RunnerRecord runner) => [.. gpus.All.Where(entry => runner.Gpus.Contains(entry.Gpu.Uuid, StringComparer.Ordinal)).Select(entry => entry.Gpu)];
}
