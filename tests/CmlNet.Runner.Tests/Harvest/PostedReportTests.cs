using System.Text.Json.Nodes;
using CmlNet.Runner.Journal;
using CmlNet.Runner.Tests.Daemon;
using CmlNet.Testing.Actions;
using CmlNet.Testing.Actions.State;
using CmlNet.Testing.Docker;
using CmlNet.Testing.GitHub;
using CmlNet.Testing.GitHub.State;

namespace CmlNet.Runner.Tests.Harvest;

/// <summary>From a job in a real container to a comment on a pull request of a fork.</summary>
public sealed class PostedReportTests
{
    private const string Train = "echo '{\"accuracy\": 0.91}' > /cml/outbox/metrics.json";

    [SkippableFact]
    public async Task Run_JobOfAForkLeavesMetrics_ReportIsPostedOnThePullRequest()
    {
        await using FakeGitHub gitHub = await FakeGitHub.StartAsync();
        using var gate = new TemporaryFolder();
        await using DaemonScene scene = await StartAsync(gitHub, $", caches: [{{ host: '{gate.Path}', at: /gate }}]");
        FakeRepository repository = gitHub.AddRepository("acme/models");
        repository.PullRequests.Add(new FakePullRequest { Number = 7, HeadRef = "better", HeadSha = new string('c', 40) });
        scene.Service.Workflows[900] = new FakeWorkflow { HeadSha = new string('c', 40), HeadBranch = "better", HeadOwner = "stranger", PullRequest = 7 };
        // GitHub is away at first: nothing is lost.
        scene.Service.Faults.Add(new Fault { Kind = FaultKind.StatusBeforeApplying, Method = "GET", PathEnd = "/runs/900", Status = 503, Times = 6 });
        await scene.StartDaemonAsync();

        FakeJob job = scene.Service.Queue(["gpu1"], Train + "; until [ -e /gate/open ]; do sleep 0.1; done", runId: 900);
        await Polling.UntilAsync(() => job.State == FakeJobState.Running, "it runs");
        using (SqliteJournal read = SqliteJournal.Open(Path.Combine(scene.Folder, "data"), TimeProvider.System))
            await Polling.UntilAsync(() => read.FindUsage(job.Agent!.Name) is not null, "it was measured"); // it runs on one
        await File.WriteAllTextAsync(gate["open"], "");

        await Polling.UntilAsync(() => repository.Comments.Count > 0, "the report is posted");
        Assert.Equal("succeeded", job.Result);
        FakeComment comment = Assert.Single(repository.Comments);
        Assert.Contains("accuracy", comment.Body, StringComparison.Ordinal);
        Assert.Contains("### Resources", comment.Body, StringComparison.Ordinal);
        Assert.Contains("#7", $"#{comment.Issue}", StringComparison.Ordinal);
        await Polling.UntilAsync(() => !Directory.EnumerateDirectories(Path.Combine(scene.Folder, "data", "harvest")).Any(), "its files are gone");
        await scene.StopAsync();
        using SqliteJournal journal = SqliteJournal.Open(Path.Combine(scene.Folder, "data"), TimeProvider.System);
        Assert.InRange(journal.CountUndone(), 0, 1); // it may be told to end just before it has written that down
    }

    [SkippableFact]
    public async Task Run_EndsAfterTheJob_PostsItsReportFirst()
    {
        await using FakeGitHub gitHub = await FakeGitHub.StartAsync();
        await using DaemonScene scene = await StartAsync(gitHub, "");
        scene.Yaml = "idle: { after-one-job: true }\n" + scene.Yaml;
        FakeRepository repository = gitHub.AddRepository("acme/models");
        repository.PullRequests.Add(new FakePullRequest { Number = 7, HeadRef = "better", HeadSha = new string('c', 40) });
        scene.Service.Workflows[900] = new FakeWorkflow { HeadSha = new string('c', 40), HeadBranch = "better", HeadOwner = "stranger", PullRequest = 7 };
        scene.Service.Faults.Add(new Fault { Kind = FaultKind.StatusBeforeApplying, Method = "GET", PathEnd = "/runs/900", Status = 503, Times = 6 });
        await scene.StartDaemonAsync();
        scene.Service.Queue(["gpu1"], Train, runId: 900);
        Assert.Equal("single job", await scene.EndedAsync());
        Assert.Contains("accuracy", Assert.Single(repository.Comments).Body, StringComparison.Ordinal);
    }

    [SkippableFact]
    public async Task Run_ContainerIsKilled_RunIsStartedAgain()
    {
        await using DaemonScene scene = await StartAsync(null, "");
        await scene.StartDaemonAsync();
        FakeJob job = scene.Service.Queue(["gpu1"], "sleep 100", runId: 901);
        await Polling.UntilAsync(() => job.State == FakeJobState.Running, "it runs");
        await Polling.UntilAsync(() => scene.HasEvent("job_started"), "the daemon knows");
        using HttpClient engine = DockerFixture.CreateHttpClient();
        string container = Assert.Single(await DockerDaemonTests.LeftoversAsync(scene.Name));
        (await engine.PostAsync($"/v1.41/containers{container}/kill", null)).EnsureSuccessStatusCode();
        // GitHub notices that the runner is gone when the job's lock lapses.
        scene.Service.State.Change(() =>
        {
            scene.Service.State.Complete(job, "failed");
            return 0;
        });
        await Polling.UntilAsync(() => scene.Service.Reruns.Contains(901), "the run is started again");
    }

    private static async Task<DaemonScene> StartAsync(FakeGitHub? gitHub, string settings)
    {
        string image = await RunnerImage.RequireAsync();
        DaemonScene scene = await DaemonScene.StartAsync(hasRealEngine: true, gitHub);
        string command = new JsonArray([.. RunnerImage.Command.Select(word => (JsonNode)word)]).ToJsonString();
        scene.Yaml = $"pools: [{{ name: gpu1, max: 1, reruns: 1, network: shared, image: '{image}', command: {command}{settings} }}]";
        return scene;
    }
}
