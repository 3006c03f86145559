using CmlNet.Testing.Actions.State;
using CmlNet.Testing.GitHub;

namespace CmlNet.Runner.Tests.Daemon;

/// <summary>Runners that GitHub is asked about.</summary>
public sealed class RunnerWatchTests
{
    [Fact]
    public async Task Run_GitHubIsAwayWhenItIsAskedForARunner_RunnerStays()
    {
        await using DaemonScene scene = await DaemonScene.StartAsync();
        scene.Yaml = "pools: [{ name: gpu1, min-idle: 1, max: 1, start-timeout: 1 }]";
        await scene.StartDaemonAsync();
        await Polling.UntilAsync(() => scene.Service.State.Read(() => scene.Service.State.Agents.Exists(agent => agent.IsOnline)), "one waits");
        int asked = scene.Service.Requests.Count(request => request.EndsWith("/agents", StringComparison.Ordinal));
        scene.Service.Faults.Add(new Fault { Kind = FaultKind.StatusBeforeApplying, Method = "GET", PathEnd = "/agents", Status = 503, Times = 10 });
        await Polling.UntilAsync(() => scene.Service.Requests.Count(request => request.EndsWith("/agents", StringComparison.Ordinal)) > asked + 10, "it is asked for until GitHub is back");
        FakeJob job = scene.Service.Queue("gpu1", "hold");
        await Polling.UntilAsync(() => job.State == FakeJobState.Running, "it takes a job");
        Assert.Equal(1, scene.Host.Created);
    }
}
