using CmlNet.Containers;
using CmlNet.Runner.Configuration;
using CmlNet.Runner.Daemon;
using CmlNet.Runner.Fleet;
using CmlNet.Runner.Fleet.Gpus;
using CmlNet.Runner.Harvest;
using CmlNet.Runner.Journal;
using Microsoft.Extensions.Logging;

namespace CmlNet.Runner.Control;

/// <summary>What can be asked of a running daemon, whichever way the question comes in.</summary>
internal sealed class DaemonControl(RunnerConfiguration configuration, DaemonSurroundings surroundings, DaemonParts parts)
{
    private const int RecentJobs = 50;

    public DaemonParts Parts => parts;

    public StatusReport Status() => new()
    {
        Name = configuration.Name,
        Version = surroundings.Version,
        Scope = configuration.Scope.ToString(),
        Now = surroundings.Time.GetUtcNow(),
        Pools = [.. parts.Pools.Where(pool => pool.IsShown).Select(Describe)],
        Gpus = [.. parts.Context.Gpus.All.Select(entry => Describe(entry.Gpu, entry.Owner))],
        Runners = [.. parts.Pools.SelectMany(pool => pool.Runners).Select(Describe)],
        Jobs = [.. parts.Context.Journal.FindRecentJobs(RecentJobs).Select(Describe)],
        Outbox = parts.Context.Journal.CountUndone(),
    };

    /// <summary>Pools take no more jobs; null means all of them. Null is returned for a pool there is not.</summary>
    public async Task<string?> DrainAsync(string? pool, CancellationToken cancellationToken)
    {
        PoolFleet[] chosen = Choose(pool);
        if (chosen.Length == 0)
            return null;
        // Kept: a restart in the middle of somebody's work on the machine must not take jobs again.
        foreach (PoolFleet fleet in chosen)
            parts.Context.Journal.SaveSetting(HeldSetting(fleet.Name), "1");
        // Each of them, even when GitHub does not answer for one: from then on it takes no jobs.
        await Task.WhenAll(chosen.Select(fleet => fleet.DrainAsync(cancellationToken)));
        int busy = chosen.Sum(fleet => fleet.Runners.Count(runner => runner.State == RunnerState.Busy));
        return $"{string.Join(", ", chosen.Select(fleet => fleet.Name))}: no more jobs are taken; {busy} running";
    }

    public string? Resume(string? pool)
    {
        PoolFleet[] chosen = Choose(pool);
        foreach (PoolFleet fleet in chosen)
        {
            parts.Context.Journal.SaveSetting(HeldSetting(fleet.Name), "");
            fleet.Resume();
        }

        return chosen.Length == 0 ? null : $"{string.Join(", ", chosen.Select(fleet => fleet.Name))}: jobs are taken again";
    }

    /// <summary>Ends a runner. False when it has ended.</summary>
    public bool Cancel(string runner) => parts.Pools.Any(pool => pool.Cancel(runner, "cancelled by the operator"));

    /// <summary>Removes images and volumes without a name that nothing uses.</summary>
    public async Task<string> PruneAsync(IContainerEngine? engine, CancellationToken cancellationToken)
    {
        if (engine is not IImageCleaner cleaner)
            return "the engine cannot remove images";
        CleaningResult removed = await cleaner.RemoveDanglingAsync(configuration.Caches, cancellationToken);
        DaemonLog.Pruned(surroundings.Loggers.CreateLogger("CmlNet.Runner.Daemon"), removed);
        return $"{removed.ImageBytes} bytes freed by images, {removed.Volumes.Count} {(removed.Volumes.Count == 1 ? "volume" : "volumes")} removed";
    }

    /// <summary>A runner by its name, a job's number, or a job's name, which several jobs may have.</summary>
    public IReadOnlyList<RunnerRecord> FindRunners(string name)
    {
        RunnerRecord[] all = [.. parts.Pools.SelectMany(pool => pool.Runners)];
        RunnerRecord[] named = [.. all.Where(runner => runner.Name == name)];
        return named.Length > 0 ? named : [.. all.Where(runner => runner is { RequestId: not 0, IsAlive: true } && IsJob(runner, name))];
    }

    private bool IsJob(RunnerRecord runner, string name) =>
        runner.RequestId.ToString(System.Globalization.CultureInfo.InvariantCulture) == name || (JobOf(runner) is { } job && (job.Name == name || job.JobId == name));

    /// <summary>What the job of a runner has used so far; null when nothing was measured.</summary>
    public JobUsage? FindUsage(string runner) => UsageSampler.Read(parts.Context.Journal, runner);

    /// <summary>Lets pools take no jobs that an operator told not to, before the daemon was started again.</summary>
    public static void Restore(IReadOnlyList<PoolFleet> pools, SqliteJournal journal, ILogger logger)
    {
        foreach (PoolFleet pool in pools.Where(pool => journal.FindSetting(HeldSetting(pool.Name)) is { Length: > 0 }))
        {
            pool.Hold();
            DaemonLog.Held(logger, pool.Name);
        }
    }

    private static string HeldSetting(string pool) => $"held:{pool}";

    private PoolFleet[] Choose(string? pool) => [.. parts.Pools.Where(fleet => !fleet.IsRetired && (pool is null || fleet.Name == pool))];

    private JobRecord? JobOf(RunnerRecord runner) => parts.Context.Journal.FindJob(runner.Pool, runner.RequestId);

    private JobUsage? UsageOf(JobRecord job) => job.RunnerName.Length == 0 ? null : UsageSampler.Read(parts.Context.Journal, job.RunnerName);

    private static PoolStatus Describe(PoolFleet pool)
    {
        IReadOnlyList<RunnerRecord> runners = pool.Runners;
        return new PoolStatus
        {
            Name = pool.Name,
            Condition = pool.Condition.ToString().ToLowerInvariant(),
            Trouble = pool.Trouble,
            Idle = runners.Count(runner => runner.State == RunnerState.Idle),
            Busy = runners.Count(runner => runner.State == RunnerState.Busy),
            Starting = runners.Count(runner => runner.State < RunnerState.Idle),
            Max = pool.Pool.Max,
            MinIdle = pool.Pool.MinIdle,
            Capacity = pool.Capacity.Runners,
            Assigned = pool.Demand.Assigned,
            Available = pool.Demand.Available,
            GpusPerJob = pool.Pool.Shape.Gpus,
        };
    }

    private static GpuStatus Describe(Gpu gpu, string? owner) => new()
    {
        Uuid = gpu.Uuid,
        Index = gpu.Index,
        Name = gpu.Name,
        MemoryBytes = gpu.MemoryBytes,
        UsedMemoryBytes = gpu.UsedMemoryBytes,
        Utilization = gpu.Utilization,
        Watts = gpu.Watts,
        Runner = owner,
        Defect = gpu.Defect,
    };

    private RunnerStatus Describe(RunnerRecord runner)
    {
        JobRecord? job = runner.RequestId == 0 ? null : JobOf(runner);
        return new RunnerStatus
        {
            Name = runner.Name,
            Pool = runner.Pool,
            State = runner.State.ToString().ToLowerInvariant(),
            Gpus = runner.Gpus,
            Since = runner.Busy ?? runner.Started ?? runner.Created,
            Job = job?.Name,
            Repository = job is null ? null : $"{job.Owner}/{job.Repository}",
        };
    }

    private JobStatus Describe(JobRecord job) => Describe(job, UsageOf(job));

    private JobStatus Describe(JobRecord job, JobUsage? usage) => new()
    {
        PeakMemoryBytes = usage?.PeakMemoryBytes,
        GpuUtilization = usage?.GpuUtilization,
        HasUsage = usage is { Points.Count: > 1 },
        ReportUrl = job.RunnerName.Length > 0 && parts.Context.Journal.FindReport(job.RunnerName) is { Length: > 0 } url ? url : null,
        Pool = job.Pool,
        RequestId = job.RequestId,
        Name = job.Name,
        Repository = $"{job.Owner}/{job.Repository}",
        Stage = job.Stage.ToString().ToLowerInvariant(),
        Result = job.Result,
        Runner = job.RunnerName,
        RunId = job.RunId,
        Seen = job.Seen,
        Started = job.Started,
        Completed = job.Completed,
    };
}
