using CmlNet.Containers;
using CmlNet.Runner.Configuration;
using CmlNet.Runner.Control;
using CmlNet.Runner.Daemon;
using CmlNet.Testing.Actions;
using CmlNet.Testing.Actions.State;

namespace CmlNet.Runner.Tests.Daemon;

public sealed class RunnerDaemonTests
{
    [Fact]
    public async Task Run_JobsOfThreePools_EachRunsOnceOnItsOwnGpu()
    {
        await using DaemonScene scene = await DaemonScene.StartAsync();
        scene.Gpus = 4;
        scene.Yaml = "pools: [{ name: gpu1, gpus: 1, max: 8 }, { name: gpu2, gpus: 2, max: 4 }, { name: cpu, max: 3 }]";
        await scene.StartDaemonAsync();
        FakeJob[] jobs = [.. Enumerable.Range(0, 30).Select(i => scene.Service.Queue(i % 3 == 0 ? "gpu2" : i % 3 == 1 ? "gpu1" : "cpu"))];

        await Polling.UntilAsync(() => jobs.All(job => job.State == FakeJobState.Completed), "all jobs are done");
        await scene.StopAsync();

        Assert.All(jobs, job => Assert.Equal((1, "succeeded"), (job.Starts, job.Result)));
        Assert.Empty(scene.Host.Defects);
        Assert.Empty(scene.Service.Complaints);
        Assert.Equal(0, scene.Host.Present);
        Assert.Empty(scene.Service.State.Agents);
        Assert.All(scene.Service.State.ScaleSets, set => Assert.Null(set.Session));
    }

    [Fact]
    public async Task Run_MinIdle_KeepsRunnersWaitingAndReplacesThem()
    {
        await using DaemonScene scene = await DaemonScene.StartAsync();
        scene.Yaml = "pools: [{ name: gpu1, min-idle: 2, max: 3 }]";
        await scene.StartDaemonAsync();
        await Polling.UntilAsync(() => scene.Service.State.Read(() => scene.Service.State.Agents.Count(agent => agent.IsOnline)) == 2, "two wait");
        FakeJob job = scene.Service.Queue("gpu1");
        await Polling.UntilAsync(() => job.State == FakeJobState.Completed, "the job is done");
        await Polling.UntilAsync(() => scene.Service.State.Read(() => scene.Service.State.Agents.Count(agent => agent.IsOnline)) == 2, "two wait again");
    }

    [Theory]
    [InlineData(StatisticsMode.Zero)]
    [InlineData(StatisticsMode.Absent)]
    [InlineData(StatisticsMode.Stuck)]
    public async Task Run_StatisticsAreWrong_JobsRunAllTheSame(StatisticsMode mode)
    {
        await using DaemonScene scene = await DaemonScene.StartAsync();
        scene.Service.Behavior.Statistics = mode;
        await scene.StartDaemonAsync();
        FakeJob[] jobs = [.. Enumerable.Range(0, 6).Select(_ => scene.Service.Queue("gpu1"))];
        await Polling.UntilAsync(() => jobs.All(job => job.State == FakeJobState.Completed), "all jobs are done");
    }

    [Fact]
    public async Task Run_JobCancelledBeforeItWasTaken_RunnerIsRemovedAgain()
    {
        await using DaemonScene scene = await DaemonScene.StartAsync();
        scene.Yaml = "pools: [{ name: gpu1, max: 1 }]";
        await scene.StartDaemonAsync();
        FakeJob first = scene.Service.Queue("gpu1", "hold");
        await Polling.UntilAsync(() => scene.HasEvent("job_started"), "it runs");
        Assert.Contains("is being stopped", await scene.Control.PostAsync($"/cancel?name={first.Name}", CancellationToken.None), StringComparison.Ordinal);
        await Polling.UntilAsync(() => first.Result == "canceled" && scene.Host.Present == 0, "it is cancelled and gone");
    }

    [Fact]
    public async Task Run_WordOfTheJobsEndComesBeforeTheContainers_NextJobStartsAtOnce()
    {
        await using DaemonScene scene = await DaemonScene.StartAsync();
        scene.Yaml = "pools: [{ name: gpu1, max: 1 }]";
        // Nothing is said for minutes once both jobs are known.
        scene.Service.Behavior.PollTime = TimeSpan.FromMinutes(5);
        var end = new TaskCompletionSource();
        scene.Host.Lingering = end.Task;
        await scene.StartDaemonAsync();
        FakeJob[] jobs = [scene.Service.Queue("gpu1"), scene.Service.Queue("gpu1")];
        await Polling.UntilAsync(() => scene.HasEvent("job_ended") && jobs[1].State == FakeJobState.Assigned, "the first is done, the second is ours");
        end.SetResult();
        await Polling.UntilAsync(() => jobs[1].State == FakeJobState.Completed, "the second is done");
    }

    [Fact]
    public async Task Run_FirstSignal_LetsTheJobFinishAndTakesNoOther()
    {
        await using DaemonScene scene = await DaemonScene.StartAsync();
        scene.Yaml = "pools: [{ name: gpu1, min-idle: 1, max: 2 }]";
        await scene.StartDaemonAsync();
        FakeJob running = scene.Service.Queue("gpu1", "hold");
        await Polling.UntilAsync(() => running.State == FakeJobState.Running, "it runs");

        await Polling.UntilAsync(() => scene.HasEvent("job_started"), "the daemon knows");

        await scene.DrainAsync();
        await Polling.UntilAsync(() => scene.Service.State.Read(() => scene.Service.State.Agents.Count) == 1 && scene.Service.State.ScaleSets[0].Capacity == 0, "only the busy runner is left, and GitHub knows");
        FakeJob late = scene.Service.Queue("gpu1");
        Assert.Equal(FakeJobState.Running, running.State);
        await scene.Control.PostAsync($"/cancel?name={running.Name}", CancellationToken.None);

        Assert.Equal("told to end", await scene.EndedAsync());
        Assert.Equal(FakeJobState.Available, late.State);
    }

    [Fact]
    public async Task Run_SecondSignal_CancelsTheJob()
    {
        await using DaemonScene scene = await DaemonScene.StartAsync();
        await scene.StartDaemonAsync();
        FakeJob running = scene.Service.Queue("gpu1", "hold");
        await Polling.UntilAsync(() => running.State == FakeJobState.Running, "it runs");
        await scene.DrainAsync();
        await scene.CancelAsync();
        await scene.EndedAsync();
        Assert.Equal(("canceled", 0), (running.Result, scene.Host.Present));
    }

    [Fact]
    public async Task Run_RunnersThatDoNotTakeJobs_MakeThePoolRest()
    {
        await using DaemonScene scene = await DaemonScene.StartAsync();
        scene.Host.ExitCode = 1;
        scene.Yaml = "pools: [{ name: bad, max: 1 }, { name: good, max: 1 }]";
        await scene.StartDaemonAsync();
        FakeJob job = scene.Service.Queue("bad");
        await UntilPoolAsync(scene, "bad", "degraded");
        Assert.Contains("exit code 1 before it took a job", Pool(await scene.Control.StatusAsync(CancellationToken.None), "bad").Trouble, StringComparison.Ordinal);
        // It is judged before it is cleared away.
        await Polling.UntilAsync(() => scene.Service.State.Read(() => scene.Service.State.Agents.Count) == 0, "no registration is left");
        scene.Host.ExitCode = null;
        FakeJob other = scene.Service.Queue("good");
        await Polling.UntilAsync(() => other.State == FakeJobState.Completed, "the other pool goes on");
        Assert.NotEqual(FakeJobState.Completed, job.State);
    }

    [Fact]
    public async Task Run_RunnerIsDeprecated_PoolIsOutdated()
    {
        await using DaemonScene scene = await DaemonScene.StartAsync();
        scene.Host.ExitCode = 7;
        await scene.StartDaemonAsync();
        scene.Service.Queue("gpu1");
        await UntilPoolAsync(scene, "gpu1", "outdated");
        await Polling.UntilAsync(() => scene.Service.State.ScaleSets[0].Capacity == 0, "GitHub is told");
    }

    [Fact]
    public async Task Run_ImageIsNotThere_TakesNoJobUntilItIs()
    {
        await using DaemonScene scene = await DaemonScene.StartAsync();
        scene.Engine.ImageFailure = new EngineException(EngineErrorKind.ImageNotFound, "no such image");
        await scene.StartDaemonAsync();
        FakeJob job = scene.Service.Queue("gpu1");
        await UntilPoolAsync(scene, "gpu1", "preparing");
        Assert.Equal(FakeJobState.Available, job.State);
        scene.Engine.ImageFailure = null;
        await Polling.UntilAsync(() => job.State == FakeJobState.Completed, "the job is done");
    }

    [Fact]
    public async Task Run_RunnerNeverComesOnline_IsReplaced()
    {
        await using DaemonScene scene = await DaemonScene.StartAsync();
        scene.Yaml = "pools: [{ name: gpu1, max: 1, start-timeout: 1 }]";
        scene.Host.IsMute = true;
        await scene.StartDaemonAsync();
        FakeJob job = scene.Service.Queue("gpu1");
        await Polling.UntilAsync(() => scene.Host.Created > 0, "the first is there");
        scene.Host.IsMute = false;
        await Polling.UntilAsync(() => job.State == FakeJobState.Completed, "another one took the job");
    }

    [Fact]
    public async Task Run_JobTakesTooLong_IsCancelled()
    {
        await using DaemonScene scene = await DaemonScene.StartAsync();
        scene.Yaml = "pools: [{ name: gpu1, max: 1, timeout: 1 }]";
        await scene.StartDaemonAsync();
        FakeJob job = scene.Service.Queue("gpu1", "hold");
        await Polling.UntilAsync(() => job.Result == "canceled", "it is cancelled");
    }

    [Fact]
    public async Task Run_RunnerStaysAfterItsJob_IsStoppedAndTheJobIsNotLost()
    {
        await using DaemonScene scene = await DaemonScene.StartAsync();
        scene.Yaml = "pools: [{ name: gpu1, max: 1, after-job: 1, reruns: 1 }]";
        scene.Host.Lingering = new TaskCompletionSource().Task;
        await scene.StartDaemonAsync();
        FakeJob[] jobs = [scene.Service.Queue("gpu1"), scene.Service.Queue("gpu1")];
        await Polling.UntilAsync(() => jobs.All(job => job.State == FakeJobState.Completed), "the second had room");
        await Polling.UntilAsync(() => scene.Host.Present == 0, "both are gone");
        Assert.All(jobs, job => Assert.Equal((1, "succeeded"), (job.Starts, job.Result)));
        Assert.Empty(scene.Service.Reruns);
    }

    [Fact]
    public async Task Run_NothingToDo_EndsAfterTheIdleTime()
    {
        await using DaemonScene scene = await DaemonScene.StartAsync();
        scene.Yaml = "idle: { shutdown-after: 1 }\npools: [{ name: gpu1, min-idle: 1 }]";
        await scene.StartDaemonAsync();
        Assert.Equal("timeout:1", await scene.EndedAsync());
        Assert.Empty(scene.Service.State.Agents);
    }

    [Fact]
    public async Task Run_AfterOneJob_Ends()
    {
        await using DaemonScene scene = await DaemonScene.StartAsync();
        scene.Yaml = "idle: { after-one-job: true }\npools: [{ name: gpu1 }]";
        await scene.StartDaemonAsync();
        scene.Service.Queue("gpu1");
        Assert.Equal("single job", await scene.EndedAsync());
        Assert.Equal(["ready", "pool_ready", "job_started", "job_ended"], scene.Events.Select(happened => happened.Status));
    }

    [Fact]
    public async Task Run_TwiceOnOneFolder_SecondIsRefused()
    {
        await using DaemonScene scene = await DaemonScene.StartAsync();
        await scene.StartDaemonAsync();
        var second = new RunnerDaemon(scene.Configure(), new DaemonSurroundings { Version = "1", Engine = scene.Engine, Host = scene.Host });
        RunnerConfigurationException exception = await Assert.ThrowsAsync<RunnerConfigurationException>(() => second.RunAsync(CancellationToken.None, CancellationToken.None));
        Assert.Contains("Another daemon uses", exception.Message, StringComparison.Ordinal);
    }

    private static PoolStatus Pool(StatusReport status, string name) => status.Pools.Single(pool => pool.Name == name);

    private static async Task UntilPoolAsync(DaemonScene scene, string pool, string condition)
    {
        await Polling.UntilAsync(async () => Pool(await scene.Control.StatusAsync(CancellationToken.None), pool).Condition == condition, () => $"{pool} is {condition}");
    }
}
