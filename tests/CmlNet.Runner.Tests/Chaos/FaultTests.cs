using System.Globalization;
using CmlNet.Runner.Tests.Daemon;
using CmlNet.Testing.Actions.State;
using CmlNet.Testing.GitHub;

namespace CmlNet.Runner.Tests.Chaos;

/// <summary>What goes wrong around a daemon: its engine, its disk, its clock, GitHub's memory. Nothing is lost, and nothing is left.</summary>
public sealed class FaultTests
{
    [Fact]
    public async Task Run_EngineRestartsAndContainersLive_JobGoesOn()
    {
        await using ProcessScene scene = await ProcessScene.StartAsync("pools: [{ name: one, gpus: 1, max: 2 }]");
        await scene.StartDaemonAsync();
        FakeJob job = await scene.RunningAsync();
        await scene.Engine.StopAsync(killsContainers: false);
        FakeJob during = scene.Service.Queue("one"); // it comes while there is no engine
        await Polling.UntilAsync(() => during.State == FakeJobState.Assigned, () => $"it is taken: {scene.Daemon.LastWords}");
        await scene.Engine.StartAsync();
        job.LetGo.SetResult();
        await scene.UntilCleanAsync(job, during);
        Assert.Equal((1, "succeeded"), (job.Starts, job.Result));
        Assert.Equal(1, during.Starts);
        Assert.Empty(scene.Engine.Defects);
    }

    [Fact]
    public async Task Run_EngineRestartsAndContainersDie_RunIsStartedAgain()
    {
        await using ProcessScene scene = await ProcessScene.StartAsync("pools: [{ name: one, gpus: 1, max: 1, reruns: 1 }]");
        await scene.StartDaemonAsync();
        FakeJob job = await scene.RunningAsync();
        await scene.Engine.StopAsync(killsContainers: true);
        await scene.Engine.StartAsync();
        Lapse(scene, job);
        await Polling.UntilAsync(() => scene.Service.Reruns.Contains(job.RunId), () => $"the run is started again: {scene.Daemon.LastWords}");
        await scene.UntilCleanAsync(job);
        Assert.Single(scene.Service.Reruns);
    }

    [Fact]
    public async Task Run_ContainerIsRemovedByHand_JobCountsAsLost()
    {
        await using ProcessScene scene = await ProcessScene.StartAsync("pools: [{ name: one, max: 1, reruns: 1 }]");
        await scene.StartDaemonAsync();
        FakeJob job = await scene.RunningAsync();
        using (HttpClient engine = scene.Engine.CreateHttpClient())
            (await engine.DeleteAsync($"/v1.41/containers/{job.Agent!.Name}?force=1")).EnsureSuccessStatusCode(); // it ran on one
        Lapse(scene, job);
        await Polling.UntilAsync(() => scene.Service.Reruns.Contains(job.RunId), () => $"the run is started again: {scene.Daemon.LastWords}");
        await scene.UntilCleanAsync(job);
    }

    // Out of memory in its first second: the word that it has a job is still on the way when its container ends.
    [Fact]
    public async Task Run_ContainerIsKilledBeforeItsJobIsKnown_RunIsStartedAgain()
    {
        await using ProcessScene scene = await ProcessScene.StartAsync("pools: [{ name: one, gpus: 1, max: 1, reruns: 1 }]");
        scene.Service.Behavior.Withheld = "JobStarted";
        await scene.StartDaemonAsync();
        FakeJob job = scene.Service.Queue("one", "hold");
        await Polling.UntilAsync(() => job.State == FakeJobState.Running, () => $"it runs: {scene.Daemon.LastWords}");
        scene.Engine.Kill(Assert.Single(scene.Engine.Containers));
        await Polling.UntilAsync(() => scene.Daemon.Log.Contains("(the job was lost: exit code 137)", StringComparison.Ordinal), () => $"it counts as lost: {scene.Daemon.LastWords}");
        scene.Service.Behavior.Withheld = null;
        Lapse(scene, job);
        await Polling.UntilAsync(() => scene.Service.Reruns.Contains(job.RunId), () => $"the run is started again: {scene.Daemon.LastWords}");
        await scene.UntilCleanAsync(job);
    }

    public static TheoryData<string, Fault> EngineFaults => new()
    {
        { "create is refused", new Fault { Kind = FaultKind.StatusBeforeApplying, PathEnd = "/containers/create", Status = 500, Body = """{"message":"no space left on device"}""" } },
        { "create is cut off", new Fault { Kind = FaultKind.ResetAfterApplying, PathEnd = "/containers/create" } },
        { "start is refused", new Fault { Kind = FaultKind.StatusBeforeApplying, PathEnd = "/start", Status = 500, Body = """{"message":"could not select device driver \"nvidia\" with capabilities: [[gpu]]"}""" } },
        { "start is cut off", new Fault { Kind = FaultKind.ResetAfterApplying, PathEnd = "/start" } },
        { "the wait is cut off", new Fault { Kind = FaultKind.ResetBeforeApplying, PathEnd = "/wait", Times = 3 } },
        { "no network", new Fault { Kind = FaultKind.StatusBeforeApplying, PathEnd = "/networks/create", Status = 500, Body = """{"message":"could not find an available, non-overlapping IPv4 address pool"}""" } },
        { "the files do not go in", new Fault { Kind = FaultKind.StatusBeforeApplying, Method = "PUT", PathEnd = "/archive", Status = 500 } },
    };

    [Theory]
    [MemberData(nameof(EngineFaults))]
    public async Task Run_EngineFailsOnce_JobRunsAllTheSame(string name, Fault fault)
    {
        await using ProcessScene scene = await ProcessScene.StartAsync("pools: [{ name: one, gpus: 1, max: 1 }]");
        await scene.StartDaemonAsync();
        await Polling.UntilAsync(() => scene.Service.State.Read(() => scene.Service.State.ScaleSets is [{ Capacity: 1 }]), "the pool is ready");
        scene.Engine.Faults.Add(fault);
        FakeJob job = scene.Service.Queue("one");
        await scene.UntilCleanAsync(job);
        Assert.True(job is { Starts: 1, Result: "succeeded" }, name);
    }

    // A limit on the size of files, which a process may lift again, is a full disk to SQLite.
    [SkippableFact]
    public async Task Run_DiskIsFullForAWhile_NoJobIsLost()
    {
        Skip.IfNot(File.Exists("/usr/bin/prlimit"), "prlimit (util-linux) is not installed.");
        await using ProcessScene scene = await ProcessScene.StartAsync("pools: [{ name: one, gpus: 1, max: 2 }]");
        // Ignored: the write fails instead of the process.
        await scene.StartDaemonAsync("/bin/sh", "-c", "trap '' XFSZ; exec \"$@\"", "sh");
        FakeJob running = await scene.RunningAsync();
        await LimitAsync(scene, "4096:");
        FakeJob[] jobs = [.. Enumerable.Range(0, 3).Select(_ => scene.Service.Queue("one"))];
        await Polling.UntilAsync(() => scene.Daemon.Log.Contains("The journal cannot be written", StringComparison.Ordinal), () => $"it says so: {scene.Daemon.LastWords}");
        running.LetGo.SetResult();
        Assert.Equal("box", (await scene.StatusAsync()).Name); // it is still there
        await LimitAsync(scene, "unlimited:");
        await scene.UntilCleanAsync([running, .. jobs]);
        Assert.All([running, .. jobs], job => Assert.Equal((1, "succeeded"), (job.Starts, job.Result)));
        Assert.Empty(scene.Engine.Defects);
        Assert.Equal(0, await scene.Daemon.StopAsync());
    }

    [Theory]
    [InlineData(72)]
    [InlineData(-3)]
    public async Task Run_ClockIsSetWhileAJobRuns_NothingHappensToIt(int hours)
    {
        var time = new ShiftedTime();
        await using DaemonScene scene = await DaemonScene.StartAsync();
        scene.Adjust = surroundings => surroundings with { Time = time };
        scene.Yaml = "idle: { shutdown-after: 1h }\npools: [{ name: gpu1, max: 2, timeout: 1h, start-timeout: 1h }]";
        await scene.StartDaemonAsync();
        FakeJob job = scene.Service.Queue("gpu1", "hold");
        await Polling.UntilAsync(() => scene.HasEvent("job_started"), "it runs");

        time.Shift = TimeSpan.FromHours(hours);

        FakeJob other = scene.Service.Queue("gpu1");
        await Polling.UntilAsync(() => other.State == FakeJobState.Completed, "others run too");
        Assert.Equal(FakeJobState.Running, job.State);
        await scene.Control.PostAsync($"/cancel?name={job.Name}", CancellationToken.None);
        await Polling.UntilAsync(() => job.Result == "canceled" && scene.Host.Present == 0, "it ends when it is told to");
    }

    [Fact]
    public async Task Run_JobVanishesAtGitHub_ItsRunnerIsNotKept()
    {
        await using DaemonScene scene = await DaemonScene.StartAsync();
        scene.Adjust = surroundings => surroundings with { FleetTimes = surroundings.FleetTimes with { OpenJob = TimeSpan.FromSeconds(1), Stuck = TimeSpan.FromSeconds(1) } };
        scene.Host.IsMute = true;
        await scene.StartDaemonAsync();
        FakeJob job = scene.Service.Queue("gpu1");
        await Polling.UntilAsync(() => scene.Host.Created > 0, "a runner waits for it");
        scene.Service.State.Change(() => scene.Service.State.Jobs.Remove(job)); // no word of it
        await Polling.UntilAsync(() => scene.Host.Present == 0 && scene.Service.State.Read(() => scene.Service.State.Agents.Count) == 0, "the runner is gone");
    }

    [Fact]
    public async Task Start_JournalIsLost_RunnersAndRegistrationsOfBeforeGo()
    {
        await using ProcessScene scene = await ProcessScene.StartAsync("pools: [{ name: one, min-idle: 1, max: 1 }]");
        await scene.StartDaemonAsync();
        await Polling.UntilAsync(() => scene.Service.State.Read(() => scene.Service.State.Agents is [{ IsOnline: true }]), "one waits");
        string old = scene.Service.State.Read(() => scene.Service.State.Agents[0].Name);
        FakeAgent stranger = scene.Service.State.AddAgent("box-one-notours", scene.Service.State.ScaleSets[0].Id, [])!; // the name is free
        FakeAgent lost = scene.Service.State.AddAgent("box-one-0123abcd", scene.Service.State.ScaleSets[0].Id, [])!; // as above
        scene.Daemon.Kill();
        foreach (string file in Directory.EnumerateFiles(Path.Combine(scene.Folder, "data"), "journal.db*"))
            File.Delete(file);

        await scene.StartDaemonAsync();

        await Polling.UntilAsync(() => scene.Service.State.Read(() => !scene.Service.State.Agents.Exists(agent => agent.Name == old || agent == lost)) && !scene.Engine.Present.Contains(old), () => $"the old ones are gone: {scene.Daemon.LastWords}");
        Assert.True(scene.Service.State.Read(() => scene.Service.State.Agents.Contains(stranger)));
    }

    // GitHub notices that a runner is gone when the job's lock lapses.
    private static void Lapse(ProcessScene scene, FakeJob job) => scene.Service.State.Change(() =>
    {
        if (job.State != FakeJobState.Completed)
            scene.Service.State.Complete(job, "failed");
        return 0;
    });

    private static async Task LimitAsync(ProcessScene scene, string limit)
    {
        using var prlimit = System.Diagnostics.Process.Start("/usr/bin/prlimit", ["--pid", scene.Daemon.Id.ToString(CultureInfo.InvariantCulture), $"--fsize={limit}"]);
        await prlimit.WaitForExitAsync();
        Assert.Equal(0, prlimit.ExitCode);
    }
}
