using System.Net;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Nodes;
using CmlNet.Runner.Configuration;
using CmlNet.Runner.Jobs;
using CmlNet.Runner.Jobs.GitHub.Rest;
using CmlNet.Runner.Jobs.GitHub.Webhooks;
using CmlNet.Runner.Tests.Daemon;
using CmlNet.Testing.Actions.State;

namespace CmlNet.Runner.Tests.Jobs.GitHub.Rest;

public sealed class RestSourceTests
{
    [Theory]
    [InlineData("self-hosted,linux,cml", true, null, null)]
    [InlineData("CML", true, null, null)]
    [InlineData("self-hosted,gpu:2,gpu-mem:40g", true, 2, 40_000_000_000L)]
    [InlineData("cml,gpu:999", true, 64, null)]
    [InlineData("ubuntu-latest", false, null, null)]
    [InlineData("self-hosted,windows,cml", false, null, null)]
    [InlineData("self-hosted", false, null, null)]
    [InlineData("", false, null, null)]
    public void Match_LabelsOfAJob_TellsWhetherItIsOurs(string labels, bool isOurs, int? gpus, long? memory)
    {
        JobWish? wish = JobLabels.Match(new WorkflowJob { Id = 1, Labels = labels.Split(',', StringSplitOptions.RemoveEmptyEntries) }, new PoolConfiguration { Name = "cml", Labels = ["cml"], Mode = JobSourceKind.Rest });
        Assert.Equal(isOurs, wish is not null);
        Assert.Equal((gpus, memory), (wish?.Gpus, wish?.GpuMemoryBytes));
    }

    [Fact]
    public async Task Run_JobsWithShapesInTheirLabels_EachGetsItsGpus()
    {
        await using DaemonScene scene = await StartAsync("pools: [{ name: cml, mode: rest, max: 4 }]");
        FakeJob[] jobs =
        [
            scene.Service.Queue(["self-hosted", "cml", "gpu:2"], repository: "models", runId: 5),
            scene.Service.Queue(["self-hosted", "cml"], repository: "models", runId: 5),
            scene.Service.Queue(["self-hosted", "cml", "gpu:3"], repository: "models", runId: 6),
        ];
        FakeJob foreign = scene.Service.Queue(["ubuntu-latest"], repository: "models", runId: 5);

        await Polling.UntilAsync(() => jobs.All(job => job.State == FakeJobState.Completed), "all jobs are done");
        await Polling.UntilAsync(() => scene.Service.State.Read(() => scene.Service.State.Agents.Count) == 0, "no runner is left");

        Assert.All(jobs, job => Assert.Equal(1, job.Starts));
        Assert.Equal(FakeJobState.Available, foreign.State);
        // Those too that came and went between two polls.
        await Polling.UntilAsync(() => scene.CountEvents("job_ended") == jobs.Length, "the end of each is told");
        Assert.Equal(jobs.Length, scene.CountEvents("job_started"));
        Assert.Empty(scene.Host.Defects);
    }

    [Fact]
    public async Task Run_JobIsCancelledWhileItsRunnerWaits_RunnerGoes()
    {
        await using DaemonScene scene = await StartAsync("pools: [{ name: cml, mode: rest, max: 1 }]");
        scene.Host.IsMute = true;
        FakeJob job = scene.Service.Queue(["cml"], repository: "models");
        await Polling.UntilAsync(() => scene.Host.Present == 1, "a runner is there");
        scene.Service.State.Change(() => scene.Service.State.Jobs.Remove(job));
        await Polling.UntilAsync(() => scene.Host.Present == 0, "it is gone");
    }

    // Another machine may have more: it is said, once, and holds up nobody.
    [Fact]
    public async Task Run_JobWantsMoreGpusThanThereAre_IsSaidOnce()
    {
        using var log = new LogLines();
        await using DaemonScene scene = await StartAsync("pools: [{ name: cml, mode: rest, max: 3 }]", scene => scene.Adjust = surroundings => surroundings with { Loggers = log });
        FakeJob large = scene.Service.Queue(["cml", "gpu:9", "gpu-mem:10g"]), small = scene.Service.Queue(["cml", "gpu:4"]);
        await Polling.UntilAsync(() => small.State == FakeJobState.Completed, "the other is done");
        int polls = scene.Service.Requests.Count;
        await Polling.UntilAsync(() => scene.Service.Requests.Count > polls + 10, "some more polls");
        Assert.Equal(1, log.Count($"job {large.RequestId} cannot start on this machine: a job wants 9 GPUs with at least 10 GB, and 4 such are well on this machine"));
        Assert.Equal(1, log.Count("cannot start on this machine"));
    }

    [Fact]
    public async Task Run_NothingChanges_AsksWithEntityTags()
    {
        await using DaemonScene scene = await StartAsync("pools: [{ name: cml, mode: rest }]");
        await Polling.UntilAsync(() => scene.Service.Requests.Count(request => request.EndsWith("/actions/runs", StringComparison.Ordinal)) > 10, "some polls");
        Assert.True(scene.Service.NotModified > 5);
    }

    [Theory]
    [InlineData(4000, 100)]
    [InlineData(900, 300)]
    [InlineData(100, 1200)]
    public async Task Run_HoursBudgetIsNearlyUsedUp_AsksLessOften(int remaining, int milliseconds)
    {
        var time = new RecordingTime();
        await using DaemonScene scene = await StartAsync("pools: [{ name: cml, mode: rest }]", scene =>
        {
            scene.Service.Behavior.RemainingCalls = remaining;
            scene.Adjust = surroundings => surroundings with { Time = time, RestTimes = new RestTimes { Poll = TimeSpan.FromMilliseconds(100) }, Times = surroundings.Times with { Tick = TimeSpan.FromHours(1) } };
        });
        await Polling.UntilAsync(() => scene.Service.Requests.Count(request => request.EndsWith("/actions/runs", StringComparison.Ordinal)) > 4, "some polls");
        // Every pause between two polls, and no other time of the daemon's, is so long.
        Assert.Contains(TimeSpan.FromMilliseconds(milliseconds), time.Delays);
        Assert.Equal(1, ((int[])[100, 300, 1200]).Count(other => time.Delays.Contains(TimeSpan.FromMilliseconds(other))));
    }

    // A page has a hundred; a matrix may have 256 jobs, and those that have ended stay on the first page.
    [Fact]
    public async Task Run_MoreJobsAndRunsThanAPageHas_AllAreRun()
    {
        await using DaemonScene scene = await StartAsync("pools: [{ name: cml, mode: rest, max: 40 }]", scene => scene.Service.Behavior.LargestPage = 5);
        FakeJob[] jobs = [.. Enumerable.Range(0, 12).Select(_ => scene.Service.Queue(["cml"], runId: 5)), .. Enumerable.Range(0, 12).Select(i => scene.Service.Queue(["cml"], runId: 100 + i))];
        await Polling.UntilAsync(() => jobs.All(job => job.State == FakeJobState.Completed), () => $"{jobs.Count(job => job.State == FakeJobState.Completed)} are done");
        Assert.All(jobs, job => Assert.Equal(1, job.Starts));
    }

    [Fact]
    public async Task Webhook_SignedDelivery_StartsARunnerAtOnce()
    {
        int port = FreePort.Take();
        await using DaemonScene scene = await StartAsync($"webhook: {{ listen: {port}, secret: {{ env: SECRET }} }}\npools: [{{ name: cml, mode: webhook }}]");
        await Polling.UntilAsync(() => scene.Service.Requests.Count(request => request.EndsWith("/actions/runs", StringComparison.Ordinal)) >= 2, "the first poll is over");
        FakeJob job = scene.Service.Queue(["cml"], repository: "models");
        string body = Delivery(job, "models");

        Assert.Equal(HttpStatusCode.Unauthorized, await PostAsync(port, body, "wrong", "1"));
        Assert.Equal(HttpStatusCode.RequestEntityTooLarge, await PostAsync(port, new string('x', DeliveryReader.Largest + 1), "wrong", "1"));
        Assert.Equal(HttpStatusCode.Accepted, await PostAsync(port, Delivery(job, "other"), "hush", "2"));
        Assert.Equal(0, scene.Host.Created);
        Assert.Equal(HttpStatusCode.Accepted, await PostAsync(port, body, "hush", "3"));
        await Polling.UntilAsync(() => job.State == FakeJobState.Completed, "the job is done");

        // Once more, and out of order: it stays done.
        Assert.Equal(HttpStatusCode.Accepted, await PostAsync(port, body, "hush", "3"));
        Assert.Equal(HttpStatusCode.Accepted, await PostAsync(port, "not json", "hush", "4"));
        Assert.Equal(1, scene.Host.Created);
    }

    private static string Delivery(FakeJob job, string repository) => new JsonObject
    {
        ["action"] = "queued",
        ["workflow_job"] = new JsonObject { ["id"] = job.RequestId, ["run_id"] = job.RunId, ["status"] = "queued", ["labels"] = new JsonArray("cml"), ["runner_id"] = null, ["runner_name"] = null },
        ["repository"] = new JsonObject { ["name"] = repository, ["owner"] = new JsonObject { ["login"] = "acme" } },
    }.ToJsonString();

    private static async Task<HttpStatusCode> PostAsync(int port, string body, string secret, string delivery)
    {
        using var client = new HttpClient();
        using var request = new HttpRequestMessage(HttpMethod.Post, $"http://127.0.0.1:{port}/hook") { Content = new StringContent(body) };
        request.Headers.Add("X-GitHub-Event", "workflow_job");
        request.Headers.Add("X-GitHub-Delivery", delivery);
        request.Headers.Add("X-Hub-Signature-256", "sha256=" + Convert.ToHexStringLower(HMACSHA256.HashData(Encoding.UTF8.GetBytes(secret), Encoding.UTF8.GetBytes(body))));
        using HttpResponseMessage response = await client.SendAsync(request);
        return response.StatusCode;
    }

    private static async Task<DaemonScene> StartAsync(string yaml, Action<DaemonScene>? prepare = null)
    {
        DaemonScene scene = await DaemonScene.StartAsync();
        prepare?.Invoke(scene);
        scene.Scope = scene.Service.Url + "/acme/models";
        scene.Gpus = 4;
        scene.Yaml = yaml;
        await scene.StartDaemonAsync();
        return scene;
    }
}
