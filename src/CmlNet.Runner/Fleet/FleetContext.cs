using CmlNet.Runner.Daemon;
using CmlNet.Runner.Fleet.Gpus;
using CmlNet.Runner.Journal;
using Microsoft.Extensions.Logging;

namespace CmlNet.Runner.Fleet;

/// <summary>What the pools of one daemon share.</summary>
internal sealed class FleetContext
{
    public required string DaemonName { get; init; }

    public required IRunnerHost Host { get; init; }

    public required SqliteJournal Journal { get; init; }

    public required GpuAllocator Gpus { get; init; }

    public required CapacityBoard Board { get; init; }

    public required FleetMetrics Metrics { get; init; }

    public required TimeProvider Time { get; init; }

    public required ILogger Logger { get; init; }

    public FleetTimes Times { get; init; } = new();

    /// <summary>Collects what ended runners leave.</summary>
    public IReadOnlyList<IRunnerEnd> Ends { get; init; } = [];

    /// <summary>Told of what happens to jobs.</summary>
    public Action<DaemonEvent>? OnEvent { get; init; }

    /// <summary>Rung when a pool may be able to start a runner that it could not start before.</summary>
    public required WakeUp Wake { get; init; }

    /// <summary>Cancelled when the daemon has ended: nothing is tried again after that.</summary>
    public CancellationToken Ended { get; init; }

    /// <summary>The machine has room for another job, as far as its disk goes.</summary>
    public bool HasRoom { get; set; } = true;
}
