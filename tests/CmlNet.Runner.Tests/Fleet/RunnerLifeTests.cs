using System.Collections.Concurrent;
using CmlNet.Runner.Configuration;
using CmlNet.Runner.Daemon;
using CmlNet.Runner.Fleet;
using CmlNet.Runner.Fleet.Gpus;
using CmlNet.Runner.Jobs;
using CmlNet.Runner.Journal;
using Microsoft.Extensions.Logging.Abstractions;

namespace CmlNet.Runner.Tests.Fleet;

/// <summary>Defects of our own, met in the middle of a runner's life.</summary>
public sealed class RunnerLifeTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    [Fact]
    public async Task Run_EveryStepMeetsADefectOnce_RunnerIsReplacedAndItsGpuIsFreeInTheEnd()
    {
        using SqliteJournal journal = SqliteJournal.Open(_folder.Path, TimeProvider.System);
        var gpus = new GpuAllocator();
        gpus.Update([new Gpu { Index = 0, Uuid = "GPU-0", Name = "Simulated", MemoryBytes = 1 }]);
        var host = new DefectiveHost();
        var context = new FleetContext
        {
            DaemonName = "box",
            Host = host,
            Journal = journal,
            Gpus = gpus,
            Board = new CapacityBoard(gpus),
            Metrics = new FleetMetrics(),
            Time = TimeProvider.System,
            Logger = NullLogger.Instance,
            Times = new FleetTimes { FirstCleanupRetry = TimeSpan.FromMilliseconds(1), AfterFailure = [TimeSpan.Zero, TimeSpan.Zero, TimeSpan.Zero] },
            Ends = [new DefectiveEnd()],
            Wake = new WakeUp(TimeProvider.System),
        };
        using var pool = new PoolFleet(new PoolConfiguration { Name = "one", Labels = ["one"], Shape = new PoolShape { Gpus = 1 }, Max = 1 }, new ForgetfulRegistry(), context);
        pool.Prepare(null);

        await pool.DemandAsync(new JobDemand { Assigned = 1 }, CancellationToken.None);

        await Polling.UntilAsync(() => host.Steps.Count(step => step == "removed") == 2, () => string.Join(", ", host.Steps));
        await pool.DemandAsync(new JobDemand { Assigned = 0, IsQuiet = true }, CancellationToken.None);
        await pool.WhenEmptyAsync(CancellationToken.None).WaitAsync(Polling.Patience);
        Assert.Single(gpus.Free);
        Assert.Empty(journal.FindUnfinished());
    }

    public void Dispose() => _folder.Dispose();

    /// <summary>Each call throws what nobody expects, the first time.</summary>
    private sealed class DefectiveHost : IRunnerHost
    {
        private readonly ConcurrentDictionary<string, bool> _met = new(StringComparer.Ordinal);

        public ConcurrentQueue<string> Steps { get; } = new();

        public Task<string> CreateAsync(RunnerPlan plan, CancellationToken cancellationToken) => Step("create", "created", plan.Name);

        public Task StartAsync(string containerId, CancellationToken cancellationToken) => Task.CompletedTask;

        public Task<RunnerExit> ObserveAsync(string containerId, CancellationToken cancellationToken) => Task.FromResult(new RunnerExit(0, false));

        public Task StopAsync(string containerId, CancellationToken cancellationToken) => Task.CompletedTask;

        public Task RemoveAsync(string runnerName, CancellationToken cancellationToken) => Step("remove", "removed", runnerName);

        public Task<IReadOnlyList<HostedRunner>> ListAsync(CancellationToken cancellationToken) => Task.FromResult<IReadOnlyList<HostedRunner>>([]);

        private Task<string> Step(string name, string done, string runner)
        {
            if (_met.TryAdd(name, true))
                throw new InvalidOperationException($"a defect in {name}");
            Steps.Enqueue(done);
            return Task.FromResult(runner);
        }
    }

    private sealed class DefectiveEnd : IRunnerEnd
    {
        public Task CollectAsync(RunnerRecord runner, PoolConfiguration pool, bool isLost, CancellationToken cancellationToken) => throw new InvalidOperationException("a defect in collecting");
    }

    private sealed class ForgetfulRegistry : IRunnerRegistry
    {
        private int _last;

        public Task<Registration> RegisterAsync(string name, IReadOnlyList<string> labels, CancellationToken cancellationToken) => Task.FromResult(new Registration(Interlocked.Increment(ref _last), "{}"));

        public Task<bool> RemoveAsync(long runnerId, CancellationToken cancellationToken) => Task.FromResult(true);

        public Task<RegisteredRunner?> FindAsync(string name, CancellationToken cancellationToken) => Task.FromResult<RegisteredRunner?>(null);

        public Task<IReadOnlyList<RegisteredRunner>> ListAsync(string prefix, CancellationToken cancellationToken) => Task.FromResult<IReadOnlyList<RegisteredRunner>>([]);
    }
}
