using CmlNet.Runner.Control;
using CmlNet.Testing.Actions.State;

namespace CmlNet.Runner.Tests.Daemon;

/// <summary>Pools that take no jobs: because they were told to, or because the machine has too little for any.</summary>
public sealed class PoolControlTests
{
    [Fact]
    public async Task Run_TooFewGpusForAnyJob_SaysSoUntilThereAreEnough()
    {
        await using DaemonScene scene = await DaemonScene.StartAsync();
        (scene.Gpus, scene.GpuInterval) = (4, "100ms");
        scene.Yaml = "pools: [{ name: large, gpus: 5, gpu-memory: 10GB }]";
        await scene.StartDaemonAsync();
        FakeJob job = scene.Service.Queue("large");
        await Polling.UntilAsync(async () => Pool(await scene.Control.StatusAsync(CancellationToken.None), "large").Trouble == "a job wants 5 GPUs with at least 10 GB, and 4 such are well on this machine", () => "the status says why");
        Assert.Equal(FakeJobState.Available, job.State);
        scene.WriteGpus([.. Enumerable.Range(0, 5).Select(i => $"{i}, GPU-{i}, 40960, 0, 0, 50, Disabled, 0, Simulated")]);
        await Polling.UntilAsync(() => job.State == FakeJobState.Completed, "the job is done");
        Assert.Equal("", Pool(await scene.Control.StatusAsync(CancellationToken.None), "large").Trouble);
    }

    [Fact]
    public async Task Control_DrainAndResumeOfOnePool_LeaveTheOtherAlone()
    {
        await using DaemonScene scene = await DaemonScene.StartAsync();
        scene.Yaml = "pools: [{ name: a }, { name: b }]";
        await scene.StartDaemonAsync();
        Assert.Contains("no more jobs are taken", await scene.Control.PostAsync("/drain?pool=a", CancellationToken.None), StringComparison.Ordinal);
        await Polling.UntilAsync(() => scene.Service.State.Read(() => scene.Service.State.ScaleSets.Find(set => set.Name == "a") is { Capacity: 0, Capacities.Count: > 0 }), "GitHub knows");
        FakeJob held = scene.Service.Queue("a"), other = scene.Service.Queue("b");
        await Polling.UntilAsync(() => other.State == FakeJobState.Completed, "b goes on");
        Assert.Equal(FakeJobState.Available, held.State);
        await scene.Control.PostAsync("/resume", CancellationToken.None);
        await Polling.UntilAsync(() => held.State == FakeJobState.Completed, "a goes on");
        Assert.Contains("There is no pool 'x'", (await Assert.ThrowsAsync<ControlException>(() => scene.Control.PostAsync("/drain?pool=x", CancellationToken.None))).Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Control_DrainedPool_TakesNoJobsAfterARestartEither()
    {
        await using DaemonScene scene = await DaemonScene.StartAsync();
        scene.Yaml = "pools: [{ name: a }, { name: b }]";
        await scene.StartDaemonAsync();
        await scene.Control.PostAsync("/drain?pool=a", CancellationToken.None);
        await scene.StopAsync();
        await scene.StartDaemonAsync();
        FakeJob held = scene.Service.Queue("a"), other = scene.Service.Queue("b");
        await Polling.UntilAsync(() => other.State == FakeJobState.Completed, "b was not drained");
        Assert.Equal((FakeJobState.Available, "draining"), (held.State, Pool(await scene.Control.StatusAsync(CancellationToken.None), "a").Condition));
        await scene.Control.PostAsync("/resume?pool=a", CancellationToken.None);
        await Polling.UntilAsync(() => held.State == FakeJobState.Completed, "a goes on");
    }

    private static PoolStatus Pool(StatusReport status, string name) => status.Pools.Single(pool => pool.Name == name);
}
