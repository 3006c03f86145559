using System.Diagnostics;
using System.Globalization;
using CmlNet.Runner.Configuration;
using CmlNet.Runner.Daemon;
using CmlNet.Runner.Fleet;
using CmlNet.Runner.Fleet.Gpus;
using CmlNet.Runner.Jobs;
using CmlNet.Runner.Journal;
using Microsoft.Extensions.Logging.Abstractions;

namespace CmlNet.Benchmarks;

/// <summary>What a daemon does first: a journal of many runners and a list of containers are brought together.</summary>
internal static class RunnerReconciliation
{
    private const int Rows = 1000;

    public static async Task<Comparison> MeasureAsync(BenchmarkSetting setting, CancellationToken cancellationToken)
    {
        Sample ours = new(), limit = new();
        double settled = 0;
        for (int round = 0; round < setting.Rounds; round++)
        {
            using SqliteJournal journal = SqliteJournal.Open(Directory.CreateDirectory(Path.Combine(setting.Work, $"journal-{round}")).FullName, TimeProvider.System);
            var hosted = new List<HostedRunner>();
            for (int i = 0; i < Rows; i++)
            {
                string name = string.Create(CultureInfo.InvariantCulture, $"bench-one-{i:x8}");
                journal.Save(new RunnerRecord { Name = name, Pool = "one", State = RunnerState.Idle, RunnerId = i + 1, ContainerId = name, Created = DateTimeOffset.UtcNow, Started = DateTimeOffset.UtcNow });
                if (i % 2 == 0)
                    hosted.Add(new HostedRunner(name, "one", name, true, true));
            }

            var gpus = new GpuAllocator();
            var context = new FleetContext { DaemonName = "bench", Host = new ListedHost(hosted), Journal = journal, Gpus = gpus, Board = new CapacityBoard(gpus), Metrics = new FleetMetrics(), Wake = new WakeUp(TimeProvider.System), Time = TimeProvider.System, Logger = NullLogger.Instance };
            using var pool = new PoolFleet(new PoolConfiguration { Name = "one", Labels = ["one"], Max = Rows }, new EmptyRegistry(), context);
            long began = Stopwatch.GetTimestamp();
            int adopted = await new FleetReconciliation(context, [pool]).RunAsync(cancellationToken);
            ours.Add(Stopwatch.GetElapsedTime(began).TotalMilliseconds);
            if (adopted != Rows / 2)
                throw new BenchmarkException($"{adopted} runners were taken over instead of {Rows / 2}");
            while (journal.FindUnfinished().Count > Rows / 2)
                await Task.Delay(5, cancellationToken);
            settled = Stopwatch.GetElapsedTime(began).TotalMilliseconds;
            await context.Host.RemoveAsync("", cancellationToken);
            await pool.WhenEmptyAsync(cancellationToken);
        }

        limit.Add(1000);
        return new Comparison("a journal of 1,000 runners reconciled, half of them running", "1 s", 1, ours, limit, string.Create(CultureInfo.InvariantCulture, $"the other half is gone from the journal after {settled:0} ms"));
    }

    /// <summary>Runners that are there until everything is told to go.</summary>
    private sealed class ListedHost(IReadOnlyList<HostedRunner> runners) : IRunnerHost
    {
        private readonly TaskCompletionSource<RunnerExit> _end = new(TaskCreationOptions.RunContinuationsAsynchronously);
        private readonly HashSet<string> _names = [.. runners.Select(runner => runner.Name)];

        public Task<string> CreateAsync(RunnerPlan plan, CancellationToken cancellationToken) => throw new NotSupportedException();

        public Task StartAsync(string containerId, CancellationToken cancellationToken) => throw new NotSupportedException();

        public Task<RunnerExit> ObserveAsync(string containerId, CancellationToken cancellationToken) => _names.Contains(containerId) ? _end.Task : Task.FromResult(new RunnerExit(null, false));

        public Task StopAsync(string containerId, CancellationToken cancellationToken) => Task.CompletedTask;

        public Task RemoveAsync(string runnerName, CancellationToken cancellationToken)
        {
            if (runnerName.Length == 0)
                _end.TrySetResult(new RunnerExit(0, false));
            return Task.CompletedTask;
        }

        public Task<IReadOnlyList<HostedRunner>> ListAsync(CancellationToken cancellationToken) => Task.FromResult(runners);
    }

    /// <summary>GitHub knows none of them any more.</summary>
    private sealed class EmptyRegistry : IRunnerRegistry
    {
        public Task<Registration> RegisterAsync(string name, IReadOnlyList<string> labels, CancellationToken cancellationToken) => throw new NotSupportedException();

        public Task<bool> RemoveAsync(long runnerId, CancellationToken cancellationToken) => Task.FromResult(true);

        public Task<RegisteredRunner?> FindAsync(string name, CancellationToken cancellationToken) => Task.FromResult<RegisteredRunner?>(null);

        public Task<IReadOnlyList<RegisteredRunner>> ListAsync(string prefix, CancellationToken cancellationToken) => Task.FromResult<IReadOnlyList<RegisteredRunner>>([]);
    }
}
