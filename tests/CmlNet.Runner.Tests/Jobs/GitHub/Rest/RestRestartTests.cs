using CmlNet.Runner.Tests.Daemon;
using CmlNet.Testing.Actions.State;
using CmlNet.Testing.GitHub;
using CmlNet.Testing.GitHub.State;

namespace CmlNet.Runner.Tests.Jobs.GitHub.Rest;

/// <summary>The REST API lists what waits and what runs: what has ended while there was no daemon must be asked for.</summary>
public sealed class RestRestartTests
{
    [Theory]
    [InlineData("cml")]
    [InlineData("other")]
    public async Task Start_JobEndedWhileThereWasNoDaemon_ItsEndIsKnownAndItsReportPosted(string nextPool)
    {
        await using FakeGitHub gitHub = await FakeGitHub.StartAsync();
        FakeRepository repository = gitHub.AddRepository("acme/models");
        repository.Commits.Add(new string('a', 40));
        await using ProcessScene scene = await ProcessScene.StartAsync("", gitHub);
        scene.Engine.Harvest = ("metrics.json", """{"accuracy": 0.91}""");
        scene.Configure("pools: [{ name: cml, mode: rest, max: 1 }]", scene.Service.Url + "/acme/models");
        await scene.StartDaemonAsync();
        FakeJob job = scene.Service.Queue("cml", "hold");
        await Polling.UntilAsync(() => job.State == FakeJobState.Running, () => $"it runs: {scene.Daemon.LastWords}");
        scene.Daemon.Kill();
        job.LetGo.SetResult();
        await Polling.UntilAsync(() => job.State == FakeJobState.Completed, "it ends");
        scene.Configure($"pools: [{{ name: {nextPool}, mode: rest, max: 1 }}]", scene.Service.Url + "/acme/models");

        await scene.StartDaemonAsync();

        await Polling.UntilAsync(async () => (await scene.StatusAsync()).Jobs is [{ Pool: "cml", Stage: "completed", Result: "success" }], () => $"its end is known: {scene.Daemon.LastWords}");
        await Polling.UntilAsync(() => repository.Comments.Count > 0, () => $"its report is posted: {scene.Daemon.LastWords}");
        await scene.UntilCleanAsync(job);
        Assert.Equal(1, job.Starts);
        Assert.Single(repository.Comments);
    }
}
