using CmlNet.Runner.Jobs;
using CmlNet.Runner.Jobs.GitHub.ScaleSets;
using CmlNet.Testing.Actions;
using CmlNet.Testing.Actions.State;
using CmlNet.Testing.GitHub;

namespace CmlNet.Runner.Tests.Jobs.GitHub.ScaleSets;

public sealed class ScaleSetSourceTests
{
    [Fact]
    public async Task Run_JobQueued_AcquiresStoresAndAcknowledges()
    {
        await using ActionsScene scene = await ActionsScene.StartAsync();
        await using Listening listening = Listening.Start(scene);
        FakeJob job = scene.Service.Queue("gpu1");

        await Polling.UntilAsync(() => job.State == FakeJobState.Assigned && Stored(scene, JobStage.Assigned) >= 2, "the job is assigned");
        await Polling.UntilAsync(() => scene.Service.State.Read(() => scene.Service.State.ScaleSets[0].Envelopes.Count) == 0, "both messages are acknowledged");

        JobNotice notice = scene.Sink.Notices[0];
        Assert.Equal((job.RequestId, "acme", "models", job.Name), (notice.RequestId, notice.Owner, notice.Repository, notice.Name));
        Assert.Contains(scene.Sink.Demands, demand => demand.Assigned == 1);
        Assert.Equal(["box-1"], scene.Service.State.ScaleSets.Select(set => set.SessionOwner));
        Assert.Empty(scene.Service.Complaints);
    }

    [Fact]
    public async Task Run_HundredJobs_ArriveInEnvelopesOfFifty()
    {
        await using ActionsScene scene = await ActionsScene.StartAsync();
        scene.Sink.SetCapacity(200);
        for (int i = 0; i < 120; i++)
            scene.Service.Queue("gpu1");
        await using Listening listening = Listening.Start(scene);

        await Polling.UntilAsync(() => scene.Service.State.Read(() => scene.Service.State.Jobs.TrueForAll(job => job.State == FakeJobState.Assigned)), "all are assigned");
        await Polling.UntilAsync(() => scene.Sink.Demands.Any(demand => demand.Assigned == 120), "the demand is told");
    }

    [Fact]
    public async Task Run_CapacityChangesDuringAPoll_AsksAgainWithTheNewOne()
    {
        await using ActionsScene scene = await ActionsScene.StartAsync();
        scene.Service.Behavior.PollTime = TimeSpan.FromMinutes(1);
        scene.Sink.SetCapacity(0);
        FakeJob job = scene.Service.Queue("gpu1");
        await using Listening listening = Listening.Start(scene);
        await Polling.UntilAsync(() => scene.Service.State.Read(() => scene.Service.State.ScaleSets.Count == 1 && scene.Service.State.ScaleSets[0].Capacities.Count > 0), "it listens");
        Assert.Equal(FakeJobState.Available, job.State);

        scene.Sink.SetCapacity(3);

        await Polling.UntilAsync(() => job.State == FakeJobState.Assigned, "the job is taken");
        Assert.Equal([0, 3], scene.Service.State.Read(() => scene.Service.State.ScaleSets[0].Capacities.Distinct().ToArray()));
    }

    // Offered just before the pool was told to drain: it stays GitHub's, and is there when the pool goes on.
    [Fact]
    public async Task Run_OfferComesWhileNoJobsAreTaken_IsTakenLater()
    {
        await using ActionsScene scene = await ActionsScene.StartAsync();
        scene.Sink.SetCapacity(3, takesJobs: false);
        FakeJob job = scene.Service.Queue("gpu1");
        await using Listening listening = Listening.Start(scene);
        await Polling.UntilAsync(() => scene.Service.State.Read(() => scene.Service.State.ScaleSets is [{ Capacities.Count: > 3 }]), "some polls");
        Assert.Equal((FakeJobState.Available, 1), (job.State, scene.Service.State.Read(() => scene.Service.State.ScaleSets[0].Envelopes.Count)));
        Assert.DoesNotContain(scene.Service.Requests, request => request.EndsWith("/acquirejobs", StringComparison.Ordinal));

        scene.Sink.SetCapacity(4);

        await Polling.UntilAsync(() => job.State == FakeJobState.Assigned && scene.Service.State.Read(() => scene.Service.State.ScaleSets[0].Envelopes.Count) == 0, "it is taken");
    }

    [Fact]
    public async Task Run_StoringFails_MessageComesAgain()
    {
        await using ActionsScene scene = await ActionsScene.StartAsync();
        scene.Sink.StoreFailures = 1;
        FakeJob job = scene.Service.Queue("gpu1");
        ScaleSetClient client = scene.Client();
        await Assert.ThrowsAsync<IOException>(() => scene.Source(client).RunAsync(scene.Sink, CancellationToken.None));
        Assert.NotEmpty(scene.Service.State.ScaleSets[0].Envelopes);

        await using Listening listening = Listening.Start(scene);

        await Polling.UntilAsync(() => scene.Sink.Notices.Any(notice => notice.RequestId == job.RequestId), "the job is stored after all");
    }

    [Fact]
    public async Task Run_EndOfTheDaemon_ClosesTheSession()
    {
        await using ActionsScene scene = await ActionsScene.StartAsync();
        Listening listening = Listening.Start(scene);
        await Polling.UntilAsync(() => scene.Sessions.Find("gpu1") is not null, "it listens");

        await listening.DisposeAsync();

        Assert.Null(scene.Service.State.ScaleSets[0].Session);
        Assert.Null(scene.Sessions.Find("gpu1"));
    }

    [Fact]
    public async Task Run_SessionOfAKilledDaemon_IsClosedFirst()
    {
        await using ActionsScene scene = await ActionsScene.StartAsync();
        ScaleSetClient killed = scene.Client();
        await killed.EnsureAsync(CancellationToken.None);
        scene.Sessions.Save("gpu1", (await killed.OpenSessionAsync("box-1", CancellationToken.None)).Id);
        FakeJob job = scene.Service.Queue("gpu1");

        await using Listening listening = Listening.Start(scene);

        await Polling.UntilAsync(() => job.State == FakeJobState.Assigned, "the job is taken");
    }

    [Fact]
    public async Task Run_SessionOfAnotherDaemon_IsWaitedFor()
    {
        await using ActionsScene scene = await ActionsScene.StartAsync();
        ScaleSetClient other = scene.Client();
        await other.EnsureAsync(CancellationToken.None);
        Session theirs = await other.OpenSessionAsync("box-2", CancellationToken.None);
        await using Listening listening = Listening.Start(scene);
        await Polling.UntilAsync(() => scene.Service.Requests.Count(request => request.EndsWith("/sessions", StringComparison.Ordinal)) > 2, "it has tried more than once");

        await other.CloseSessionAsync(theirs.Id, CancellationToken.None);

        await Polling.UntilAsync(() => scene.Sessions.Find("gpu1") is not null, "it listens");
    }

    public static TheoryData<string, Fault> Faults => new()
    {
        { "401 for the queue", new Fault { Kind = FaultKind.StatusBeforeApplying, Method = "GET", PathEnd = "/messages", Status = 401 } },
        { "401 for the service", new Fault { Kind = FaultKind.StatusBeforeApplying, Method = "GET", PathEnd = "/runnerscalesets", Status = 401 } },
        { "403 at registration", new Fault { Kind = FaultKind.StatusBeforeApplying, PathEnd = "/runner-registration", Status = 403, Times = 2 } },
        { "409 for the session", new Fault { Kind = FaultKind.StatusBeforeApplying, PathEnd = "/sessions", Status = 409, Times = 2 } },
        { "404 for the poll", new Fault { Kind = FaultKind.StatusBeforeApplying, Method = "GET", PathEnd = "/messages", Status = 404 } },
        { "429 with a wait", new Fault { Kind = FaultKind.StatusBeforeApplying, PathEnd = "/acquirejobs", Status = 429, Headers = new Dictionary<string, string>(StringComparer.Ordinal) { ["Retry-After"] = "1" } } },
        { "500 after acquiring", new Fault { Kind = FaultKind.StatusAfterApplying, PathEnd = "/acquirejobs", Status = 500 } },
        { "500 after creating the set", new Fault { Kind = FaultKind.StatusAfterApplying, PathEnd = "/runnerscalesets", Status = 500 } },
        { "reset at registration", new Fault { Kind = FaultKind.ResetBeforeApplying, PathEnd = "/registration-token" } },
        { "reset after the access token", new Fault { Kind = FaultKind.ResetAfterApplying, PathEnd = "/access_tokens" } },
        { "502 while acknowledging", new Fault { Kind = FaultKind.StatusBeforeApplying, Method = "DELETE", PathEnd = "/1", Status = 502 } },
    };

    // The token has expired, and the service has forgotten the session that would renew it: seen every 50 minutes in the field.
    [Fact]
    public async Task Run_TokenExpiresAndTheSessionIsForgotten_OpensAnother()
    {
        await using ActionsScene scene = await ActionsScene.StartAsync();
        await using Listening listening = Listening.Start(scene);
        await Polling.UntilAsync(() => scene.Sessions.Find("gpu1") is not null, "it listens");
        Guid first = scene.Sessions.Find("gpu1")!.Value; // just seen
        scene.Service.Faults.Add(new Fault { Kind = FaultKind.StatusBeforeApplying, Method = "GET", PathEnd = "/messages", Status = 401 });
        scene.Service.Faults.Add(new Fault { Kind = FaultKind.StatusBeforeApplying, Method = "PATCH", PathEnd = first.ToString(), Status = 404, Body = """{"typeName":"RunnerScaleSetSessionNotFoundException","message":"session ID that doesn't exist in redis"}""" });

        await Polling.UntilAsync(() => scene.Sessions.Find("gpu1") is { } now && now != first, "another session is open");

        FakeJob job = scene.Service.Queue("gpu1");
        await Polling.UntilAsync(() => job.State == FakeJobState.Assigned, "the job is taken");
    }

    [Theory]
    [MemberData(nameof(Faults))]
    public async Task Run_ServiceFailsOnce_JobIsTakenAllTheSame(string name, Fault fault)
    {
        await using ActionsScene scene = await ActionsScene.StartAsync();
        scene.Service.Faults.Add(fault);
        FakeJob job = scene.Service.Queue("gpu1");
        await using Listening listening = Listening.Start(scene);

        await Polling.UntilAsync(() => job.State == FakeJobState.Assigned && scene.Sink.Notices.Any(notice => notice.RequestId == job.RequestId), name);
    }

    [Theory]
    [InlineData("bom")]
    [InlineData("empty")]
    [InlineData("duplicates")]
    [InlineData("reversed")]
    [InlineData("absent")]
    [InlineData("short")]
    [InlineData("skew")]
    public async Task Run_ServiceMisbehaves_JobIsTakenAllTheSame(string how)
    {
        await using ActionsScene scene = await ActionsScene.StartAsync();
        ActionsBehavior behavior = scene.Service.Behavior;
        behavior.HasByteOrderMark = how == "bom";
        behavior.EmptyPolls = how == "empty" ? 3 : 0;
        behavior.DuplicatesMessages = how == "duplicates";
        behavior.ReversesMessages = how == "reversed";
        behavior.Statistics = how == "absent" ? StatisticsMode.Absent : StatisticsMode.True;
        if (how == "short")
            behavior.QueueTokenLifetime = behavior.AdminTokenLifetime = TimeSpan.FromSeconds(2);
        behavior.ClockSkew = how == "skew" ? TimeSpan.FromHours(-3) : TimeSpan.Zero;
        long began = TimeProvider.System.GetTimestamp();
        await using Listening listening = Listening.Start(scene);
        await Polling.UntilAsync(() => scene.Service.Requests.Count(request => request.EndsWith("/messages", StringComparison.Ordinal)) > 4, "some polls");
        FakeJob job = scene.Service.Queue("gpu1");

        await Polling.UntilAsync(() => job.State == FakeJobState.Assigned && scene.Sink.Notices.Any(notice => notice.RequestId == job.RequestId), how);
        // The clock being wrong must not cost a registration for every call; a token of two seconds costs one in as many.
        int most = 12 + (how == "short" ? (int)TimeProvider.System.GetElapsedTime(began).TotalSeconds : 0);
        Assert.InRange(scene.Service.Requests.Count(request => request.EndsWith("/runner-registration", StringComparison.Ordinal)), 1, most);
    }

    private static int Stored(ActionsScene scene, JobStage stage) => scene.Sink.Notices.Count(notice => notice.Stage == stage);

    /// <summary>A source that runs until disposed, started again after a failure as the daemon does.</summary>
    private sealed class Listening : IAsyncDisposable
    {
        private readonly CancellationTokenSource _stop = new();
        private Task _running = Task.CompletedTask;

        public static Listening Start(ActionsScene scene)
        {
            var listening = new Listening();
            listening._running = listening.LoopAsync(scene.Source(scene.Client()), scene.Sink);
            return listening;
        }

        public async ValueTask DisposeAsync()
        {
            await _stop.CancelAsync();
            await _running;
            _stop.Dispose();
        }

        private async Task LoopAsync(ScaleSetSource source, RecordingSink sink)
        {
            while (!_stop.IsCancellationRequested)
            {
                try
                {
                    await source.RunAsync(sink, _stop.Token);
                }
                catch (Exception exception) when (exception is OperationCanceledException or Runner.Jobs.GitHub.GitHubException)
                {
                    // The daemon's loop would say so and go on.
                }
            }
        }
    }
}
