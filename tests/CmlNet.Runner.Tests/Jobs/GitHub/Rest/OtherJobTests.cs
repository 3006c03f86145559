using CmlNet.Runner.Tests.Daemon;
using CmlNet.Testing.Actions.State;

namespace CmlNet.Runner.Tests.Jobs.GitHub.Rest;

/// <summary>Which of the waiting jobs a runner gets is GitHub's choice, whatever job it was made for.</summary>
public sealed class OtherJobTests
{
    [Fact]
    public async Task Run_RunnerHadAnotherJob_TheOneItWasMadeForIsServedAtOnce()
    {
        await using DaemonScene scene = await StartAsync(max: 1);
        FakeJob[] jobs = [.. Enumerable.Range(0, 3).Select(_ => scene.Service.Queue("cml"))];

        // Long before the time is over that GitHub has to tell of a job that nothing is known of.
        await Polling.UntilAsync(() => jobs.All(job => job.State == FakeJobState.Completed), "all jobs are done");
        await Polling.UntilAsync(() => scene.Host.Present == 0, "no runner is left");

        Assert.All(jobs, job => Assert.Equal(1, job.Starts));
    }

    [Fact]
    public async Task Run_TwoRunnersHaveEachOthersJobs_NoThirdIsMade()
    {
        await using DaemonScene scene = await StartAsync(max: 4);
        FakeJob[] jobs = [scene.Service.Queue("cml", "hold"), scene.Service.Queue("cml", "hold")];

        await Polling.UntilAsync(() => jobs.All(job => job.State == FakeJobState.Running) && scene.CountEvents("job_started") == 2, "both run, and the daemon knows");
        int polls = scene.Service.Requests.Count;
        await Polling.UntilAsync(() => scene.Service.Requests.Count > polls + 10, "some more polls");

        Assert.Equal(2, scene.Host.Created);
        foreach (FakeJob job in jobs)
            await scene.Control.PostAsync($"/cancel?name={job.Name}", CancellationToken.None);
        await Polling.UntilAsync(() => scene.Host.Present == 0, "no runner is left");
    }

    private static async Task<DaemonScene> StartAsync(int max)
    {
        DaemonScene scene = await DaemonScene.StartAsync();
        scene.Scope = scene.Service.Url + "/acme/models";
        scene.Yaml = $"pools: [{{ name: cml, mode: rest, max: {max} }}]";
        scene.Service.Behavior.GivesNewestFirst = true;
        scene.Adjust = surroundings => surroundings with { FleetTimes = surroundings.FleetTimes with { Settling = TimeSpan.FromHours(1) } };
        await scene.StartDaemonAsync();
        return scene;
    }
}
