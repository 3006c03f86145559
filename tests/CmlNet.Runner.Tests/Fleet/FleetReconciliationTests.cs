using System.Collections.Concurrent;
using CmlNet.Runner.Configuration;
using CmlNet.Runner.Daemon;
using CmlNet.Runner.Fleet;
using CmlNet.Runner.Fleet.Gpus;
using CmlNet.Runner.Jobs;
using CmlNet.Runner.Journal;
using Microsoft.Extensions.Logging.Abstractions;

namespace CmlNet.Runner.Tests.Fleet;

/// <summary>Containers that the engine has and had not started yet when it was asked.</summary>
public sealed class FleetReconciliationTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    // The order to start it was the killed daemon's last word: an engine under load may be about to follow it, and a job would run in
    // a container that is being removed.
    [Theory]
    [InlineData("Created", "start, observe, collect, remove")]
    [InlineData("Registered", "collect, remove")]
    public async Task Run_ContainerWasNotYetStarted_IsStartedOnlyWhenAllIsInIt(string state, string expected)
    {
        using SqliteJournal journal = SqliteJournal.Open(_folder.Path, TimeProvider.System);
        journal.Save(new RunnerRecord { Name = "box-one-1", Pool = "one", State = Enum.Parse<RunnerState>(state), RunnerId = 7, ContainerId = "c1", Created = TimeProvider.System.GetUtcNow() });
        var host = new SlowHost();
        var gpus = new GpuAllocator();
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
            Ends = [host],
            Wake = new WakeUp(TimeProvider.System),
        };
        using var pool = new PoolFleet(new PoolConfiguration { Name = "one", Labels = ["one"], Max = 1 }, new EmptyRegistry(), context);

        await new FleetReconciliation(context, [pool]).RunAsync(CancellationToken.None);
        await pool.WhenEmptyAsync(CancellationToken.None).WaitAsync(Polling.Patience);

        Assert.Equal(expected, string.Join(", ", host.Steps));
        Assert.Empty(journal.FindUnfinished());
        Assert.NotNull(journal.FindRunner("box-one-1")?.Ended);
    }

    public void Dispose() => _folder.Dispose();

    private sealed class SlowHost : IRunnerHost, IRunnerEnd
    {
        public ConcurrentQueue<string> Steps { get; } = new();

        public Task<string> CreateAsync(RunnerPlan plan, CancellationToken cancellationToken) => throw new NotSupportedException();

        public Task StartAsync(string containerId, CancellationToken cancellationToken) => Step("start");

        public async Task<RunnerExit> ObserveAsync(string containerId, CancellationToken cancellationToken)
        {
            await Step("observe");
            return new RunnerExit(0, false);
        }

        public Task StopAsync(string containerId, CancellationToken cancellationToken) => Step("stop");

        public Task RemoveAsync(string runnerName, CancellationToken cancellationToken) => Step("remove");

        public Task CollectAsync(RunnerRecord runner, PoolConfiguration pool, bool isLost, CancellationToken cancellationToken) => Step("collect");

        public Task<IReadOnlyList<HostedRunner>> ListAsync(CancellationToken cancellationToken) => Task.FromResult<IReadOnlyList<HostedRunner>>([new HostedRunner("box-one-1", "one", "c1", false, false)]);

        private Task Step(string name)
        {
            Steps.Enqueue(name);
            return Task.CompletedTask;
        }
    }

    private sealed class EmptyRegistry : IRunnerRegistry
    {
        public Task<Registration> RegisterAsync(string name, IReadOnlyList<string> labels, CancellationToken cancellationToken) => throw new NotSupportedException();

        public Task<bool> RemoveAsync(long runnerId, CancellationToken cancellationToken) => Task.FromResult(true);

        public Task<RegisteredRunner?> FindAsync(string name, CancellationToken cancellationToken) => Task.FromResult<RegisteredRunner?>(null);

        public Task<IReadOnlyList<RegisteredRunner>> ListAsync(string prefix, CancellationToken cancellationToken) => Task.FromResult<IReadOnlyList<RegisteredRunner>>([]);
    }
}
