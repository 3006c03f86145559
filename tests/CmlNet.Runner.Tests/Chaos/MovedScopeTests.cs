using CmlNet.Runner.Tests.Daemon;
using CmlNet.Testing.Actions;
using CmlNet.Testing.Actions.State;

namespace CmlNet.Runner.Tests.Chaos;

/// <summary>A daemon is killed, and its next configuration is for another scope: runners of before belong to that of before.</summary>
public sealed class MovedScopeTests
{
    private const string Pools = "pools: [{ name: one, gpus: 4, max: 1 }]";

    [Fact]
    public async Task Start_ScopeIsAnotherOrganization_JobOfPoolsFinishesBesideThePoolOfItsName()
    {
        await using ProcessScene scene = await ProcessScene.StartAsync(Pools);
        await scene.StartDaemonAsync();
        FakeJob job = await scene.RunningAsync();
        scene.Daemon.Kill();
        scene.Configure(Pools, scene.Service.Url + "/other");
        await scene.StartDaemonAsync();
        await Polling.UntilAsync(async () => (await scene.StatusAsync()).Runners is [{ Pool: "one@acme", State: "busy" }], () => $"it goes on: {scene.Daemon.LastWords}");
        Assert.Equal(["one", "one@acme"], (await scene.StatusAsync()).Pools.Select(pool => pool.Name));
        scene.Daemon.Kill();
        await scene.StartDaemonAsync();
        job.LetGo.SetResult();
        await scene.UntilCleanAsync(job);
        Assert.Equal((1, "succeeded"), (job.Starts, job.Result));
        await Polling.UntilAsync(async () => (await scene.StatusAsync()).Pools is [{ Name: "one" }], () => $"the old one is gone: {scene.Daemon.LastWords}");
    }

    // The same numbers mean other runners there, and the token is nobody's business on the old one.
    [Fact]
    public async Task Start_ScopeIsOnAnotherServer_OldServerHearsNothingMore()
    {
        await using ProcessScene scene = await ProcessScene.StartAsync(Pools);
        await using FakeActionsService other = await FakeActionsService.StartAsync();
        other.Allow("ghp_test", isInstallation: false);
        other.Behavior.PollTime = TimeSpan.FromMilliseconds(500);
        await scene.StartDaemonAsync();
        FakeJob job = await scene.RunningAsync();
        scene.Daemon.Kill();
        scene.Configure(Pools, other.OrganizationUrl);
        int heard = scene.Service.Requests.Count;
        await scene.StartDaemonAsync();
        await Polling.UntilAsync(async () => (await scene.StatusAsync()).Runners is [{ Pool: "one@acme", State: "busy" }], () => $"it goes on: {scene.Daemon.LastWords}");
        job.LetGo.SetResult();
        FakeJob next = other.Queue("one");
        await Polling.UntilAsync(() => job.State == FakeJobState.Completed && scene.Engine.Present.Count == 0 || next.State == FakeJobState.Assigned, () => $"its container is gone: {scene.Daemon.LastWords}");
        await Polling.UntilAsync(async () => (await scene.StatusAsync()).Pools.All(pool => pool.Name == "one"), () => $"the old one is gone: {scene.Daemon.LastWords}");
        Assert.Equal((1, "succeeded"), (job.Starts, job.Result));
        Assert.Equal(heard, scene.Service.Requests.Count);
        Assert.DoesNotContain(other.Requests, request => request.StartsWith("DELETE", StringComparison.Ordinal) && request.Contains("/agents/", StringComparison.Ordinal));
    }
}
