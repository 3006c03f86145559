using CmlNet.Runner.Harvest;
using CmlNet.Runner.Jobs;
using CmlNet.Runner.Journal;
using CmlNet.Testing.Actions.State;
using CmlNet.Testing.GitHub;

namespace CmlNet.Runner.Tests.Daemon;

/// <summary>How a daemon ends: what is still in its outbox, and when GitHub does not answer.</summary>
public sealed class DaemonEndTests
{
    [Theory]
    [InlineData("after-one-job: true", "single job")]
    [InlineData("shutdown-after: 1", "timeout:1")]
    public async Task Run_EndsWhileSomethingIsToBePosted_PostsItFirst(string idle, string reason)
    {
        await using DaemonScene scene = await DaemonScene.StartAsync();
        scene.Yaml = $"idle: {{ {idle} }}\npools: [{{ name: gpu1, max: 1, reruns: 1 }}]";
        using (SqliteJournal journal = SqliteJournal.Open(Path.Combine(scene.Folder, "data"), TimeProvider.System))
        {
            journal.Store("gpu1", [new JobNotice { Stage = JobStage.Completed, RequestId = 7, RunnerName = "old", Result = "failed", Name = "train", Owner = "acme", Repository = "models", RunId = 902 }]);
            journal.Enqueue(OutboxKinds.Rerun, "rerun:old", """{"Runner":"old","Pool":"gpu1"}""");
        }

        // GitHub is away at first.
        scene.Service.Faults.Add(new Fault { Kind = FaultKind.StatusBeforeApplying, PathEnd = "/rerun-failed-jobs", Status = 503 });
        await scene.StartDaemonAsync();
        scene.Service.Queue("gpu1");

        Assert.Equal(reason, await scene.EndedAsync());

        Assert.Equal(902, Assert.Single(scene.Service.Reruns));
    }

    // A token that was taken back, or an incident of hours: the machine is to be switched off all the same.
    [Theory]
    [InlineData(401)]
    [InlineData(503)]
    public async Task Run_GitHubRefusesAtTheEnd_EndsAndLeavesItsListToTheNextStart(int status)
    {
        await using DaemonScene scene = await DaemonScene.StartAsync();
        scene.Yaml = "drain-timeout: 1h\npools: [{ name: gpu1, min-idle: 1, max: 1 }, { name: gpu2, min-idle: 1, max: 1 }]";
        scene.Adjust = surroundings => surroundings with { Times = surroundings.Times with { GitHubPatience = TimeSpan.FromMilliseconds(300) } };
        await scene.StartDaemonAsync();
        await Polling.UntilAsync(() => scene.Service.State.Read(() => scene.Service.State.Agents.Count(agent => agent.IsOnline)) == 2, "both wait");
        scene.Service.Faults.Add(new Fault { Kind = FaultKind.StatusBeforeApplying, Method = "DELETE", Status = status, Times = int.MaxValue });

        Assert.Equal("told to end", await scene.StopAsync());

        Assert.Equal((0, 2), (scene.Host.Present, scene.Service.State.Read(() => scene.Service.State.Agents.Count)));
        scene.Service.Faults.Clear();
        scene.Yaml = "pools: [{ name: gpu1, max: 1 }, { name: gpu2, max: 1 }]";
        await scene.StartDaemonAsync();
        await Polling.UntilAsync(() => scene.Service.State.Read(() => scene.Service.State.Agents.Count) == 0, "the next daemon removes them");
    }

    [Fact]
    public async Task Run_GitHubRefusesAtTheEnd_BusyRunnerFinishesItsJob()
    {
        await using DaemonScene scene = await DaemonScene.StartAsync();
        scene.Yaml = "drain-timeout: 1h\npools: [{ name: gpu1, max: 1 }]";
        scene.Adjust = surroundings => surroundings with { Times = surroundings.Times with { GitHubPatience = TimeSpan.FromMilliseconds(100) } };
        await scene.StartDaemonAsync();
        FakeJob running = scene.Service.Queue("gpu1", "hold");
        await Polling.UntilAsync(() => scene.HasEvent("job_started"), "the daemon knows");
        scene.Service.Faults.Add(new Fault { Kind = FaultKind.StatusBeforeApplying, Method = "DELETE", Status = 503, Times = int.MaxValue });
        await scene.DrainAsync();
        await Polling.UntilAsync(() => scene.Service.State.ScaleSets[0].Capacity == 0, "it drains");
        Assert.Equal((FakeJobState.Running, 1), (running.State, scene.Host.Present));
        await scene.Control.PostAsync($"/cancel?name={running.Name}", CancellationToken.None);
        Assert.Equal("told to end", await scene.EndedAsync());
        Assert.Equal(("canceled", 0), (running.Result, scene.Host.Present));
    }

    [Fact]
    public async Task Run_GitHubDoesNotAnswerARegistration_EndsAllTheSame()
    {
        await using DaemonScene scene = await DaemonScene.StartAsync();
        scene.Yaml = "drain-timeout: 1h\npools: [{ name: gpu1, max: 1 }]";
        scene.Adjust = surroundings => surroundings with { Times = surroundings.Times with { GitHubPatience = TimeSpan.FromMilliseconds(100) } };
        await scene.StartDaemonAsync();
        scene.Service.Faults.Add(new Fault { Kind = FaultKind.Hang, PathEnd = "/generatejitconfig", Times = int.MaxValue });
        scene.Service.Queue("gpu1");
        await Polling.UntilAsync(() => scene.Service.Held > 0, "it waits for GitHub");
        Assert.Equal("told to end", await scene.StopAsync());
        Assert.Equal(0, scene.Host.Created);
    }
}
