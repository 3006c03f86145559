using CmlNet.Runner.Tests.Daemon;
using CmlNet.Testing.Actions.State;
using CmlNet.Testing.GitHub;

namespace CmlNet.Runner.Tests.Chaos;

/// <summary>
/// SIGKILL in each state that the journal can have: a call hangs, so that the daemon stands still there, before or after the
/// other side has done what was asked. The next daemon finishes what was begun: the job runs once and nothing is left.
/// </summary>
public sealed class KillPointTests
{
    public static TheoryData<string, bool, Fault> Points => new()
    {
        { "reserved, not registered", false, new Fault { Kind = FaultKind.Hang, PathEnd = "/generatejitconfig" } },
        { "reserved, registered already", false, new Fault { Kind = FaultKind.Slow, PathEnd = "/generatejitconfig" } },
        { "registered, no network", true, new Fault { Kind = FaultKind.Hang, PathEnd = "/networks/create" } },
        { "registered, network there", true, new Fault { Kind = FaultKind.Slow, PathEnd = "/networks/create" } },
        { "registered, no container", true, new Fault { Kind = FaultKind.Hang, PathEnd = "/containers/create" } },
        { "registered, container there", true, new Fault { Kind = FaultKind.Slow, PathEnd = "/containers/create" } },
        { "registered, configuration not in", true, new Fault { Kind = FaultKind.Hang, Method = "PUT", PathEnd = "/archive" } },
        { "created, not started", true, new Fault { Kind = FaultKind.Hang, PathEnd = "/start" } },
        { "created, started already", true, new Fault { Kind = FaultKind.Slow, PathEnd = "/start" } },
        { "ended, not collected", true, new Fault { Kind = FaultKind.Hang, Method = "GET", PathEnd = "/archive" } },
        { "ended, collected", true, new Fault { Kind = FaultKind.Slow, Method = "GET", PathEnd = "/archive" } },
        { "acquired, not stored", false, new Fault { Kind = FaultKind.Slow, PathEnd = "/acquirejobs" } },
        { "stored, not acknowledged", false, new Fault { Kind = FaultKind.Hang, Method = "DELETE", PathEnd = "/messages/1" } },
        { "acknowledged, not known to be", false, new Fault { Kind = FaultKind.Slow, Method = "DELETE", PathEnd = "/messages/1" } },
    };

    [Theory]
    [MemberData(nameof(Points))]
    public async Task Kill_WhileACallHangs_NextDaemonFinishesIt(string point, bool isEngine, Fault fault)
    {
        await using ProcessScene scene = await ProcessScene.StartAsync("pools: [{ name: one, gpus: 1, max: 1 }]");
        await scene.StartDaemonAsync();
        // The look at the image's version makes a container too: not that one.
        await Polling.UntilAsync(() => scene.Service.State.Read(() => scene.Service.State.ScaleSets is [{ Capacity: 1 }]), "the pool is ready");
        (isEngine ? scene.Engine.Faults : scene.Service.Faults).Add(fault);
        FakeJob job = scene.Service.Queue("one");
        await Polling.UntilAsync(() => scene.Engine.Held + scene.Service.Held == 1, () => $"{point}: the call hangs: {scene.Daemon.LastWords}");

        scene.Daemon.Kill();
        await scene.StartDaemonAsync();

        await scene.UntilCleanAsync(job);
        Assert.Equal((1, "succeeded"), (job.Starts, job.Result));
        Assert.Empty(scene.Engine.Defects);
        Assert.Equal(0, await scene.Daemon.StopAsync());
    }

    [Fact]
    public async Task Kill_WhileARunnerWaits_NextDaemonGivesItTheJob()
    {
        await using ProcessScene scene = await ProcessScene.StartAsync("pools: [{ name: one, min-idle: 1, max: 1 }]");
        await scene.StartDaemonAsync();
        await Polling.UntilAsync(() => scene.Service.State.Read(() => scene.Service.State.Agents is [{ IsOnline: true }]), "one waits");
        scene.Daemon.Kill();
        await scene.StartDaemonAsync();
        FakeJob job = scene.Service.Queue("one");
        string first = scene.Service.State.Read(() => scene.Service.State.Agents[0].Name);
        await Polling.UntilAsync(() => job.State == FakeJobState.Completed, () => $"the job is done: {scene.Daemon.LastWords}");
        Assert.Equal((first, 1), (job.Agent?.Name, job.Starts));
        Assert.Equal(0, await scene.Daemon.StopAsync());
        Assert.Empty(scene.Engine.Present);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Kill_WhileAJobRuns_JobGoesOnAndIsTakenOver(bool endsMeanwhile)
    {
        await using ProcessScene scene = await ProcessScene.StartAsync("pools: [{ name: one, gpus: 4, max: 1 }]");
        await scene.StartDaemonAsync();
        FakeJob job = scene.Service.Queue("one", "hold");
        await Polling.UntilAsync(() => job.State == FakeJobState.Running && scene.Daemon.Log.Contains("took job", StringComparison.Ordinal), () => $"it runs: {scene.Daemon.LastWords}");
        scene.Daemon.Kill();
        if (endsMeanwhile)
            job.LetGo.SetResult();
        await scene.StartDaemonAsync();
        FakeJob next = scene.Service.Queue("one");
        if (!endsMeanwhile)
        {
            Assert.Equal("box", (await scene.StatusAsync()).Name);
            // All GPUs are its own still: the next job cannot begin.
            Assert.All((await scene.StatusAsync()).Gpus, gpu => Assert.NotNull(gpu.Runner));
            Assert.NotEqual(FakeJobState.Completed, next.State);
            job.LetGo.SetResult();
        }

        await scene.UntilCleanAsync(job, next);
        Assert.Equal((1, "succeeded"), (job.Starts, job.Result));
        Assert.Equal(1, next.Starts);
        Assert.Empty(scene.Engine.Defects);
    }
}
