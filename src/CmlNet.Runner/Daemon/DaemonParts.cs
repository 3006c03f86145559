using CmlNet.Containers;
using CmlNet.Runner.Configuration;
using CmlNet.Runner.Daemon.Memory;
using CmlNet.Runner.Fleet;
using CmlNet.Runner.Fleet.Docker;
using CmlNet.Runner.Fleet.Gpus;
using CmlNet.Runner.Fleet.Retired;
using CmlNet.Runner.Harvest;
using CmlNet.Runner.Journal;
using Microsoft.Extensions.Logging;

namespace CmlNet.Runner.Daemon;

/// <summary>The parts of a running daemon.</summary>
internal sealed record DaemonParts
{
    /// <summary>Value of the label that all containers of this daemon have.</summary>
    public required string Id { get; init; }

    public required FleetContext Context { get; init; }

    public required IReadOnlyList<PoolFleet> Pools { get; init; }

    public required GpuWatch GpuWatch { get; init; }

    public required Outbox Outbox { get; init; }

    /// <summary>Rung when something was put into the outbox.</summary>
    public required WakeUp OutboxWake { get; init; }

    public required UsageSampler Sampler { get; init; }

    public required IRunnerInspection? Inspection { get; init; }

    public required YoungGarbage Garbage { get; init; }

    public static DaemonParts Create(RunnerConfiguration configuration, DaemonSurroundings surroundings, SqliteJournal journal, RunnerServices services, IContainerEngine engine, CancellationToken ended)
    {
        ILogger logger = surroundings.Loggers.CreateLogger("CmlNet.Runner.Fleet");
        string id = DaemonIdentity.FindOrCreate(configuration.DataDirectory, journal);
        var gpus = new GpuAllocator();
        WakeUp wake = new(surroundings.Time), outboxWake = new(surroundings.Time);
        var board = new CapacityBoard(gpus);
        var garbage = new YoungGarbage();
        var builder = new RunnerSpecBuilder(id, configuration.Gpus.ByVariable, surroundings.OwnProgram);
        IRunnerHost host = surroundings.Host ?? new DockerRunnerHost(engine, id, Path.Combine(configuration.DataDirectory, "jobs"), builder, surroundings.Time, logger);
        var context = new FleetContext
        {
            DaemonName = configuration.Name,
            Host = host,
            Journal = journal,
            Gpus = gpus,
            Board = board,
            Metrics = new FleetMetrics(),
            Time = surroundings.Time,
            Logger = logger,
            Times = surroundings.FleetTimes,
            OnEvent = surroundings.OnEvent,
            Wake = wake,
            Ended = ended,
            Ends = [new HarvestCollector(configuration.DataDirectory, host as IRunnerInspection, journal, outboxWake.Ring, logger), garbage],
        };
        IReadOnlyList<KeptPool> kept = new KeptPools(journal).Keep(configuration);
        var used = journal.FindUnfinished().Select(runner => runner.Pool).ToHashSet(StringComparer.Ordinal);
        PoolFleet[] pools =
        [
            .. configuration.Pools.Select(pool => new PoolFleet(pool, services.CreateRegistry(pool), context)),
            .. kept.Where(pool => used.Contains(pool.Name)).Select(pool => new PoolFleet(pool.ToPool(), services.CreateRegistry(pool), context, isRetired: true)),
        ];
        // A repository of the same name on another server is another one.
        IEnumerable<PoolConfiguration> postable = kept.Where(pool => services.IsSameServer(new Uri(pool.Scope))).Select(pool => pool.ToPool());
        var lookup = new GitHubRunLookup(services.Http, services.Scope, services.Credentials);
        var posting = new ReportPosting(lookup, services.Scope, services.Credentials, journal, configuration.DataDirectory, surroundings.Time, logger);
        return new DaemonParts
        {
            Id = id,
            Context = context,
            Pools = pools,
            Outbox = new Outbox([.. configuration.Pools, .. postable], journal, posting, lookup, surroundings.Time, logger),
            OutboxWake = outboxWake,
            Sampler = new UsageSampler(pools, host as IRunnerInspection, journal, gpus, surroundings.Time),
            GpuWatch = new GpuWatch(new GpuProbe(configuration.Gpus, surroundings.Time), gpus, board, wake, logger),
            Inspection = host as IRunnerInspection,
            Garbage = garbage,
        };
    }
}
