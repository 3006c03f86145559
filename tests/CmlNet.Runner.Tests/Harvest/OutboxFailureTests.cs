using System.Net;
using CmlNet.Runner.Configuration;
using CmlNet.Runner.Harvest;
using CmlNet.Runner.Jobs;
using CmlNet.Runner.Jobs.GitHub;
using CmlNet.Runner.Journal;
using CmlNet.Testing.Actions;
using CmlNet.Testing.Actions.State;
using CmlNet.Testing.GitHub;
using Microsoft.Extensions.Logging.Abstractions;

namespace CmlNet.Runner.Tests.Harvest;

/// <summary>Entries of the outbox against GitHub's answers: what is tried again, what is given up, what is done once.</summary>
public sealed class OutboxFailureTests : IAsyncLifetime, IDisposable
{
    private readonly TemporaryFolder _folder = new();
    private readonly ManualTime _time = new();
    private FakeActionsService _service = null!; // set by InitializeAsync
    private GitHubHttp _http = null!; // as above
    private SqliteJournal _journal = null!; // as above
    private Outbox _outbox = null!; // as above

    public async Task InitializeAsync()
    {
        _service = await FakeActionsService.StartAsync();
        _service.Allow("ghp_test", isInstallation: false);
        _journal = SqliteJournal.Open(_folder.Path, _time);
        GitHubScope scope = GitHubScope.Parse(new Uri(_service.OrganizationUrl), isServerForced: false);
        _http = new GitHubHttp(new SocketsHttpHandler(), new GitHubRetries { Count = 1, FirstDelay = TimeSpan.FromMilliseconds(1) }, TimeProvider.System, NullLogger.Instance) { UserAgent = "test" };
        var credentials = new PersonalCredentials(new SecretReference(SecretKind.Variable, "T"), _ => "ghp_test");
        var lookup = new GitHubRunLookup(_http, scope, credentials);
        var posting = new ReportPosting(lookup, scope, credentials, _journal, _folder.Path, _time, NullLogger.Instance);
        _outbox = new Outbox([new PoolConfiguration { Name = "one", Labels = ["one"], Reruns = 1 }], _journal, posting, lookup, _time, NullLogger.Instance);
    }

    public async Task DisposeAsync() => await _service.DisposeAsync();

    public void Dispose()
    {
        _journal.Dispose();
        _http.Dispose();
        _folder.Dispose();
    }

    [Fact]
    public async Task RunOnce_TwoJobsOfARunAreLost_RunIsStartedAgainOnce()
    {
        Lose(1, "a", run: 900);
        Lose(2, "b", run: 900);
        Lose(3, "c", run: 901);
        await _outbox.RunOnceAsync(CancellationToken.None);
        Assert.Equal([900, 901], _service.Reruns.Order());
        Assert.Equal(0, _journal.CountUndone());
    }

    // The run must have ended; GitHub refuses until then.
    [Fact]
    public async Task RunOnce_RunStillRuns_IsTriedAgainUntilItHasEnded()
    {
        FakeJob other = _service.Queue(["elsewhere"], repository: "models", runId: 900);
        Lose(1, "a", run: 900);
        TimeSpan rest = await _outbox.RunOnceAsync(CancellationToken.None);
        Assert.Equal((TimeSpan.FromSeconds(5), 1), (rest, _journal.CountUndone()));
        Assert.Empty(_service.Reruns);
        _service.State.Change(() =>
        {
            _service.State.Complete(other, "failed");
            return 0;
        });
        _time.Advance(rest);
        await _outbox.RunOnceAsync(CancellationToken.None);
        Assert.Equal([900], _service.Reruns);
    }

    [Theory]
    [InlineData(404, 0)]
    [InlineData(410, 0)]
    [InlineData(403, 1)]
    [InlineData(500, 1)]
    [InlineData(429, 1)]
    public async Task RunOnce_GitHubRefuses_GivesUpOnlyWhatIsGone(int status, int left)
    {
        Lose(1, "a", run: 900);
        _service.Faults.Add(new Fault { Kind = FaultKind.StatusBeforeApplying, PathEnd = "/rerun-failed-jobs", Status = status, Times = 9 });
        await _outbox.RunOnceAsync(CancellationToken.None);
        Assert.Equal(left, _journal.CountUndone());
    }

    [Fact]
    public async Task RunOnce_ReportWhoseRunIsGone_IsGivenUpAndOthersGoOn()
    {
        Lose(1, "a", run: 900, OutboxKinds.Report);
        Directory.CreateDirectory(HarvestCollector.FolderOf(_folder.Path, "a"));
        _service.Faults.Add(new Fault { Kind = FaultKind.StatusBeforeApplying, Method = "GET", PathEnd = "/runs/900", Status = (int)HttpStatusCode.NotFound });
        Lose(2, "b", run: 901);
        await _outbox.RunOnceAsync(CancellationToken.None);
        Assert.Equal([901], _service.Reruns);
        Assert.Equal(0, _journal.CountUndone());
    }

    [Fact]
    public async Task RunOnce_GitHubIsAwayForDays_TriesLaterAndLaterAndGivesUpInTheEnd()
    {
        Lose(1, "a", run: 900);
        _service.Faults.Add(new Fault { Kind = FaultKind.StatusBeforeApplying, PathEnd = "/rerun-failed-jobs", Status = 403, Times = int.MaxValue });
        TimeSpan sum = TimeSpan.Zero;
        int tries = 0;
        while (_journal.CountUndone() > 0)
        {
            TimeSpan rest = await _outbox.RunOnceAsync(CancellationToken.None);
            Assert.True(++tries < 200);
            if (_journal.CountUndone() == 0)
                break;
            Assert.InRange(rest, TimeSpan.FromSeconds(5), TimeSpan.FromMinutes(30));
            _time.Advance(rest);
            sum += rest;
        }

        Assert.InRange(sum, TimeSpan.FromDays(2), TimeSpan.FromDays(3));
    }

    [Fact]
    public async Task RunOnce_GitHubNeverSaysWhichJobItWas_GivesUpAfterHours()
    {
        _journal.Save(new RunnerRecord { Name = "a", Pool = "one", State = RunnerState.Removed, Created = _time.GetUtcNow(), Ended = _time.GetUtcNow() });
        _journal.Enqueue(OutboxKinds.Rerun, "rerun:a", """{"Runner":"a","Pool":"one"}""");
        await _outbox.RunOnceAsync(CancellationToken.None);
        Assert.Equal(1, _journal.CountUndone());
        _time.Advance(TimeSpan.FromHours(7));
        await _outbox.RunOnceAsync(CancellationToken.None);
        Assert.Equal(0, _journal.CountUndone());
    }

    private void Lose(long request, string runner, long run, string kind = OutboxKinds.Rerun)
    {
        _journal.Store("one", [new JobNotice { Stage = JobStage.Completed, RequestId = request, RunnerName = runner, Result = "failed", Name = "train", Owner = "acme", Repository = "models", RunId = run }]);
        _journal.Enqueue(kind, $"{kind}:{runner}", $$"""{"Runner":"{{runner}}","Pool":"one"}""");
    }
}
