using System.Collections.Concurrent;
using CmlNet.Runner.Fleet;
using CmlNet.Testing.Actions;
using CmlNet.Testing.Actions.State;

namespace CmlNet.Runner.Tests.Daemon;

/// <summary>A host without containers: each runner is a task that takes its job from the fake service.</summary>
internal sealed class SimulatedHost(FakeActionsService service) : IRunnerHost
{
    private readonly ConcurrentDictionary<string, Simulated> _runners = new(StringComparer.Ordinal);
    private int _created;

    /// <summary>What the next runners do instead of taking a job: end with this code.</summary>
    public int? ExitCode { get; set; }

    /// <summary>The next runners start and never speak to GitHub.</summary>
    public bool IsMute { get; set; }

    /// <summary>Containers end only when this is done, long after their jobs, or when they are stopped.</summary>
    public Task Lingering { get; set; } = Task.CompletedTask;

    /// <summary>GPUs in use at the same time, by UUID; more than one owner is a defect.</summary>
    public ConcurrentDictionary<string, string> Gpus { get; } = new(StringComparer.Ordinal);

    public ConcurrentQueue<string> Defects { get; } = new();

    /// <summary>Every GPU that a runner ever had.</summary>
    public ConcurrentQueue<string> GpusUsed { get; } = new();

    public int Created => _created;

    public int Present => _runners.Count;

    public Task<string> CreateAsync(RunnerPlan plan, CancellationToken cancellationToken)
    {
        Interlocked.Increment(ref _created);
        foreach (string gpu in plan.Gpus)
            GpusUsed.Enqueue(gpu);
        foreach (string gpu in plan.Gpus.Where(gpu => !Gpus.TryAdd(gpu, plan.Name)))
            Defects.Enqueue($"{gpu} was given to {plan.Name} while {Gpus[gpu]} had it");
        _runners[plan.Name] = new Simulated(plan, AgentJit.Read(plan.JitConfiguration).AgentId, new CancellationTokenSource(), new TaskCompletionSource<RunnerExit>(TaskCreationOptions.RunContinuationsAsynchronously));
        return Task.FromResult(plan.Name);
    }

    public Task StartAsync(string containerId, CancellationToken cancellationToken)
    {
        _ = RunAsync(_runners[containerId]);
        return Task.CompletedTask;
    }

    public Task<RunnerExit> ObserveAsync(string containerId, CancellationToken cancellationToken) =>
        _runners.TryGetValue(containerId, out Simulated? runner) ? runner.Exit.Task.WaitAsync(cancellationToken) : Task.FromResult(new RunnerExit(null, false));

    public Task StopAsync(string containerId, CancellationToken cancellationToken) => _runners.TryGetValue(containerId, out Simulated? runner) ? runner.Stop.CancelAsync() : Task.CompletedTask;

    public Task RemoveAsync(string runnerName, CancellationToken cancellationToken)
    {
        if (_runners.TryRemove(runnerName, out Simulated? runner))
        {
            runner.Exit.TrySetResult(new RunnerExit(137, false));
            foreach (string gpu in runner.Plan.Gpus)
                Gpus.TryRemove(gpu, out _);
        }

        return Task.CompletedTask;
    }

    public Task<IReadOnlyList<HostedRunner>> ListAsync(CancellationToken cancellationToken) =>
        Task.FromResult<IReadOnlyList<HostedRunner>>([.. _runners.Values.Select(runner => new HostedRunner(runner.Plan.Name, runner.Plan.Pool.Name, runner.Plan.Name, !runner.Exit.Task.IsCompleted, true))]);

    private async Task RunAsync(Simulated runner)
    {
        if (ExitCode is { } code)
        {
            runner.Exit.TrySetResult(new RunnerExit(code, false));
            return;
        }

        if (IsMute)
        {
            await WaitAsync(runner.Stop.Token);
            runner.Exit.TrySetResult(new RunnerExit(143, false));
            return;
        }

        FakeAgent? agent = service.State.Change(() =>
        {
            FakeAgent? found = service.State.Agents.Find(candidate => candidate.Id == runner.AgentId);
            if (found is not null)
                found.IsOnline = true;
            return found;
        });
        FakeJob? job = agent is null ? null : await service.State.WaitAsync(() => service.State.Take(agent), TimeSpan.FromHours(1), runner.Stop.Token);
        if (job is null)
        {
            runner.Exit.TrySetResult(new RunnerExit(runner.Stop.IsCancellationRequested ? 143 : 0, false));
            return;
        }

        // "hold" is a job that goes on until it is stopped.
        bool isCancelled = job.Script == "hold" && await WaitAsync(runner.Stop.Token);
        service.State.Change(() =>
        {
            service.State.Complete(job, isCancelled ? "canceled" : "succeeded");
            return 0;
        });
        await Task.WhenAny(Lingering, WaitAsync(runner.Stop.Token));
        runner.Exit.TrySetResult(new RunnerExit(isCancelled ? 143 : 0, false));
    }

    private static async Task<bool> WaitAsync(CancellationToken stop)
    {
        await Task.Delay(Timeout.InfiniteTimeSpan, stop).ContinueWith(static _ => { }, TaskScheduler.Default);
        return true;
    }

    private sealed record Simulated(RunnerPlan Plan, int AgentId, CancellationTokenSource Stop, TaskCompletionSource<RunnerExit> Exit);
}
