using CmlNet.Runner.Control;
using CmlNet.Runner.Tests.Daemon;
using CmlNet.Testing.Actions.State;
using CmlNet.Testing.GitHub;
using CmlNet.Testing.GitHub.State;

namespace CmlNet.Runner.Tests.Chaos;

/// <summary>A daemon is killed, and its next configuration lacks a pool that has runners: jobs finish, and everything else goes.</summary>
public sealed class RetiredPoolTests
{
    private const string Before = "pools: [{ name: one, gpus: 4, max: 1, reruns: 1 }]";
    private const string Renamed = "pools: [{ name: uno, gpus: 4, max: 1 }]";

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    public async Task Start_PoolOfARunningJobIsRenamed_JobFinishesBeforeOthersGetItsGpus(int kills)
    {
        await using ProcessScene scene = await ProcessScene.StartAsync(Before);
        await scene.StartDaemonAsync();
        FakeJob job = await scene.RunningAsync();
        string runner = job.Agent!.Name; // it runs on one
        scene.Configure(Renamed);
        for (int i = 0; i < kills; i++)
        {
            scene.Daemon.Kill();
            await scene.StartDaemonAsync();
        }

        FakeJob next = scene.Service.Queue("uno");
        await Polling.UntilAsync(() => scene.Service.State.Read(() => scene.Service.State.ScaleSets.Exists(set => set is { Name: "uno", Capacities.Count: > 0 })), () => $"the new pool listens: {scene.Daemon.LastWords}");
        StatusReport status = await scene.StatusAsync();
        Assert.Equal(("removed", 1, 0), status.Pools.Where(pool => pool.Name == "one").Select(pool => (pool.Condition, pool.Busy, pool.Capacity)).Single());
        Assert.All(status.Gpus, gpu => Assert.Equal(runner, gpu.Runner));
        Assert.Equal((runner, "busy", job.Name), status.Runners.Select(found => (found.Name, found.State, found.Job)).Single());
        using (var control = new ControlClient(scene.Socket))
            Assert.DoesNotContain("one", (await control.PostAsync("/resume", CancellationToken.None)).Split(':')[0], StringComparison.Ordinal);
        Assert.Equal((FakeJobState.Running, FakeJobState.Available), (job.State, next.State));
        job.LetGo.SetResult();

        await scene.UntilCleanAsync(job, next);
        Assert.Equal((1, "succeeded", 1), (job.Starts, job.Result, next.Starts));
        Assert.Empty(scene.Engine.Defects);
        Assert.Contains($"runner {runner} finishes its job and is then removed", scene.Daemon.Log, StringComparison.Ordinal);
        await Polling.UntilAsync(async () => (await scene.StatusAsync()).Jobs.Any(known => known.Name == job.Name && known.Result == "succeeded"), () => $"its result is known: {scene.Daemon.LastWords}");
        await Polling.UntilAsync(async () => (await scene.StatusAsync()).Pools.Count == 1, () => $"the pool is gone: {scene.Daemon.LastWords}");
        // Its scale set is left as it is, with nobody listening.
        await Polling.UntilAsync(() => scene.Service.State.Read(() => scene.Service.State.ScaleSets.Exists(set => set is { Name: "one", Session: null })), () => $"nobody listens: {scene.Daemon.LastWords}");
        Assert.Empty(scene.Service.Complaints);
        Assert.Equal(0, await scene.Daemon.StopAsync());
    }

    [Fact]
    public async Task Start_PoolOfAWaitingRunnerIsGone_RunnerGoesAtOnce()
    {
        await using ProcessScene scene = await ProcessScene.StartAsync("pools: [{ name: one, min-idle: 1, max: 1 }]");
        await scene.StartDaemonAsync();
        string runner = await WaitingAsync(scene);
        scene.Daemon.Kill();
        scene.Configure(Renamed);
        await scene.StartDaemonAsync();
        await scene.UntilCleanAsync();
        await Polling.UntilAsync(() => scene.Daemon.Log.Contains("one: the last runner is gone", StringComparison.Ordinal), () => $"it says so: {scene.Daemon.LastWords}");
        Assert.Contains($"runner {runner} is stopped: it has no job, and its pool is no longer configured", scene.Daemon.Log, StringComparison.Ordinal);
    }

    // The killed daemon had not heard of it: only GitHub knows.
    [Fact]
    public async Task Start_RunnerOfTheGonePoolGotAJobUnheard_JobFinishes()
    {
        await using ProcessScene scene = await ProcessScene.StartAsync("pools: [{ name: one, min-idle: 1, max: 1, timeout: 1h }]");
        scene.Service.Behavior.Withheld = "JobStarted";
        await scene.StartDaemonAsync();
        await WaitingAsync(scene);
        FakeJob job = scene.Service.Queue("one", "hold");
        await Polling.UntilAsync(() => job.State == FakeJobState.Running, () => $"it runs: {scene.Daemon.LastWords}");
        scene.Daemon.Kill();
        scene.Configure(Renamed);
        await scene.StartDaemonAsync();
        await Polling.UntilAsync(async () => (await scene.StatusAsync()).Runners is [{ State: "busy" }], () => $"it is asked for: {scene.Daemon.LastWords}");
        scene.Service.Behavior.Withheld = null;
        job.LetGo.SetResult();
        await scene.UntilCleanAsync(job);
        Assert.Equal((1, "succeeded"), (job.Starts, job.Result));
        await Polling.UntilAsync(async () => (await scene.StatusAsync()).Jobs.Any(known => known is { Pool: "one", Result: "succeeded" }), () => $"its result is known: {scene.Daemon.LastWords}");
    }

    [Fact]
    public async Task Stop_JobOfAGonePoolRuns_IsWaitedForAndCanBeCancelled()
    {
        await using ProcessScene scene = await ProcessScene.StartAsync(Before);
        await scene.StartDaemonAsync();
        FakeJob job = await scene.RunningAsync();
        scene.Daemon.Kill();
        scene.Configure(Renamed);
        await scene.StartDaemonAsync();
        await scene.Daemon.SignalAsync("TERM");
        await Polling.UntilAsync(() => scene.Daemon.Log.Contains("1 running jobs may go on", StringComparison.Ordinal), () => $"it drains: {scene.Daemon.LastWords}");
        Assert.False(scene.Daemon.HasExited);
        using (var control = new ControlClient(scene.Socket))
        {
            Assert.Contains(job.Name, await LogAsync(scene, job.Name), StringComparison.Ordinal);
            await control.PostAsync($"/cancel?name={job.Name}", CancellationToken.None);
        }

        Assert.Equal(0, await scene.Daemon.EndedAsync());
        Assert.Equal("canceled", job.Result);
        await scene.UntilCleanAsync(job);
    }

    // What the pool wanted is known still: its job was lost with its container, and is run again.
    [Fact]
    public async Task Start_JobOfTheGonePoolWasLost_RunIsStartedAgain()
    {
        await using ProcessScene scene = await ProcessScene.StartAsync(Before);
        await scene.StartDaemonAsync();
        FakeJob job = await scene.RunningAsync();
        scene.Daemon.Kill();
        scene.Engine.Kill(Assert.Single(scene.Engine.Containers));
        scene.Service.State.Change(() =>
        {
            scene.Service.State.Complete(job, "failed");
            return 0;
        });
        scene.Configure(Renamed);
        await scene.StartDaemonAsync();
        await Polling.UntilAsync(() => scene.Service.Reruns.Contains(job.RunId), () => $"the run is started again: {scene.Daemon.LastWords}");
        await scene.UntilCleanAsync(job);
    }

    [Fact]
    public async Task Start_JobOfTheGonePoolLeavesAReport_ReportIsPosted()
    {
        await using FakeGitHub gitHub = await FakeGitHub.StartAsync();
        await using ProcessScene scene = await ProcessScene.StartAsync("pools: [{ name: one, max: 1, report: { title: Trained } }]", gitHub);
        FakeRepository repository = gitHub.AddRepository("acme/models");
        repository.Commits.Add(new string('a', 40));
        scene.Engine.Harvest = ("metrics.json", """{"accuracy": 0.91}""");
        await scene.StartDaemonAsync();
        FakeJob job = await scene.RunningAsync();
        scene.Daemon.Kill();
        scene.Configure(Renamed);
        await scene.StartDaemonAsync();
        job.LetGo.SetResult();
        await Polling.UntilAsync(() => repository.Comments.Count > 0, () => $"its report is posted: {scene.Daemon.LastWords}");
        string body = Assert.Single(repository.Comments).Body;
        Assert.Contains("Trained", body, StringComparison.Ordinal);
        Assert.Contains("accuracy", body, StringComparison.Ordinal);
        await scene.UntilCleanAsync(job);
    }

    // Another machine has the pool now: one that listened for its last job would keep it from its own.
    [Fact]
    public async Task Start_AnotherMachineHasThePool_IsLeftItsSession()
    {
        await using ProcessScene scene = await ProcessScene.StartAsync(Before);
        await scene.StartDaemonAsync();
        FakeJob job = await scene.RunningAsync();
        scene.Daemon.Kill();
        scene.Configure(Renamed);
        FakeScaleSet set = scene.Service.State.Read(() => scene.Service.State.ScaleSets.Single(found => found.Name == "one"));
        var other = Guid.NewGuid();
        scene.Service.State.Change(() => set.Session = other);
        await scene.StartDaemonAsync();
        await Polling.UntilAsync(async () => (await scene.StatusAsync()).Runners is [{ State: "busy" }], () => $"it goes on: {scene.Daemon.LastWords}");
        job.LetGo.SetResult();
        await scene.UntilCleanAsync(job);
        Assert.Equal((1, "succeeded", other), (job.Starts, job.Result, set.Session));
    }

    // GitHub cannot be asked with the credentials of now: nobody waits for it.
    [Fact]
    public async Task Start_ScaleSetOfTheGonePoolIsGoneToo_NothingIsMadeAndNothingIsLeft()
    {
        await using ProcessScene scene = await ProcessScene.StartAsync("pools: [{ name: one, min-idle: 1, max: 1 }]");
        await scene.StartDaemonAsync();
        await WaitingAsync(scene);
        scene.Daemon.Kill();
        scene.Service.State.Change(() =>
        {
            scene.Service.State.Agents.Clear();
            return scene.Service.State.ScaleSets.RemoveAll(set => set.Name == "one");
        });
        scene.Configure(Renamed);
        await scene.StartDaemonAsync();
        await scene.UntilCleanAsync();
        await Polling.UntilAsync(() => scene.Daemon.Log.Contains("one: the last runner is gone", StringComparison.Ordinal), () => $"it says so: {scene.Daemon.LastWords}");
        Assert.False(scene.Service.State.Read(() => scene.Service.State.ScaleSets.Exists(set => set.Name == "one")));
    }

    private static async Task<string> WaitingAsync(ProcessScene scene)
    {
        await Polling.UntilAsync(() => scene.Service.State.Read(() => scene.Service.State.Agents is [{ IsOnline: true }]) && scene.Daemon.Log.Contains("waits for a job", StringComparison.Ordinal), () => $"one waits: {scene.Daemon.LastWords}");
        return scene.Service.State.Read(() => scene.Service.State.Agents[0].Name);
    }

    private static async Task<string> LogAsync(ProcessScene scene, string job)
    {
        using var client = new ControlClient(scene.Socket);
        using var text = new MemoryStream();
        await client.CopyAsync($"/logs?name={job}&lines=100", text, CancellationToken.None);
        return System.Text.Encoding.UTF8.GetString(text.ToArray());
    }
}
