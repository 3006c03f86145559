using CmlNet.Runner.Configuration;
using CmlNet.Runner.Fleet.Retired;
using CmlNet.Runner.Harvest;
using CmlNet.Runner.Jobs;
using CmlNet.Runner.Journal;

namespace CmlNet.Runner.Tests.Fleet.Retired;

/// <summary>What is known of a pool after it was taken out of the configuration.</summary>
public sealed class KeptPoolsTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();
    private readonly SqliteJournal _journal;

    public KeptPoolsTests() => _journal = SqliteJournal.Open(_folder.Path, TimeProvider.System);

    [Fact]
    public void Keep_PoolHasARunner_IsKnownWithAllItsRunnerNeeds()
    {
        Keep("https://github.com/acme", new PoolConfiguration
        {
            Name = "one",
            Labels = ["gpu", "a100"],
            Shape = new PoolShape { Gpus = 2 },
            JobTimeout = TimeSpan.FromHours(3),
            AfterJob = TimeSpan.FromMinutes(1),
            StartTimeout = TimeSpan.FromMinutes(2),
            Reruns = 4,
            Report = new ReportSettings { Title = "Mine", LimitBytes = 77, HasBaseline = false },
            Environment = new Dictionary<string, string>(StringComparer.Ordinal) { ["TOKEN"] = "s3cret" },
        });
        _journal.Save(Runner("box-one-1", "one"));

        PoolConfiguration pool = Assert.Single(Keep("https://github.com/acme", Pool("two"))).ToPool();

        Assert.Equal(("one", 2, TimeSpan.FromHours(3), TimeSpan.FromMinutes(1), TimeSpan.FromMinutes(2), 4, 0), (pool.Name, pool.Shape.Gpus, pool.JobTimeout, pool.AfterJob, pool.StartTimeout, pool.Reruns, pool.Max));
        Assert.Equal(["gpu", "a100"], pool.Labels);
        Assert.Equal(new ReportSettings { Title = "Mine", LimitBytes = 77, HasBaseline = false }, pool.Report);
        Assert.DoesNotContain("s3cret", _journal.FindSetting("pool:one"), StringComparison.Ordinal);
    }

    [Fact]
    public void Keep_NothingOfAPoolIsLeft_IsForgotten()
    {
        Keep("https://github.com/acme", Pool("one"));
        _journal.Save(Runner("box-one-1", "one") with { State = RunnerState.Removed });
        Assert.Empty(Keep("https://github.com/acme", Pool("two")));
        Assert.Equal(["pool:two"], _journal.FindSettings("pool:"));
    }

    [Fact]
    public void Keep_ReportOfAPoolIsNotYetPosted_IsKnown()
    {
        Keep("https://github.com/acme", Pool("one"));
        _journal.Enqueue(OutboxKinds.Report, "report:box-one-1", """{"Runner":"box-one-1","Pool":"one"}""");
        Assert.Equal("one", Assert.Single(Keep("https://github.com/acme", Pool("two"))).Name);
        _journal.Finish(Assert.Single(_journal.FindDue(1)).Id, "");
        Assert.Empty(Keep("https://github.com/acme", Pool("two")));
    }

    // A journal of the version before has runners, and nothing about their pools.
    [Theory]
    [InlineData(0, JobSourceKind.ScaleSet)]
    [InlineData(5, JobSourceKind.Rest)]
    public void Keep_PoolWasNeverWrittenDown_IsGuessed(long wish, object mode)
    {
        _journal.Save(Runner("box-one-1", "one") with { Wish = wish, Labels = ["x"] });
        KeptPool guessed = Assert.Single(Keep("https://github.com/acme", Pool("two")));
        Assert.Equal(("one", "one", (JobSourceKind)mode, TimeSpan.FromMinutes(20)), (guessed.Name, guessed.ScaleSet, guessed.Mode, guessed.StartTimeout));
    }

    [Theory]
    [InlineData("https://github.com/other", JobSourceKind.ScaleSet, "one@acme")]
    [InlineData("https://github.com/acme", JobSourceKind.Rest, "one@scale-set")]
    public void Keep_PoolIsElsewhereNow_WhatItHadGetsAnotherName(string scope, object mode, string expected)
    {
        Keep("https://github.com/acme", Pool("one"));
        _journal.Save(Runner("box-one-1", "one") with { RequestId = 9 });
        _journal.Store("one", [new JobNotice { Stage = JobStage.Started, RequestId = 9, RunnerName = "box-one-1" }]);
        _journal.Save("one", Guid.NewGuid());
        _journal.Enqueue(OutboxKinds.Report, "report:box-one-0", """{"Runner":"box-one-0","Pool":"one"}""");

        KeptPool kept = Assert.Single(Keep(scope, Pool("one") with { Mode = (JobSourceKind)mode }));

        Assert.Equal((expected, "one", "https://github.com/acme"), (kept.Name, kept.ScaleSet, kept.Scope.TrimEnd('/')));
        Assert.Equal(expected, _journal.FindRunner("box-one-1")?.Pool);
        Assert.NotNull(_journal.FindJob(expected, 9));
        Assert.Null(_journal.FindJob("one", 9));
        Assert.Null(_journal.Find("one"));
        Assert.NotNull(_journal.Find(expected));
        Assert.Equal([expected], _journal.FindWaitingPools());
        // And so it stays.
        Assert.Equal(expected, Assert.Single(Keep(scope, Pool("one") with { Mode = (JobSourceKind)mode })).Name);
    }

    [Theory]
    [InlineData("https://github.com/acme/")]
    [InlineData("https://github.com/Acme")]
    public void Keep_SameScopeInOtherWords_IsTheSamePool(string scope)
    {
        Keep("https://github.com/acme", Pool("one"));
        _journal.Save(Runner("box-one-1", "one"));
        Assert.Empty(Keep(scope, Pool("one")));
        Assert.Equal("one", _journal.FindRunner("box-one-1")?.Pool);
    }

    public void Dispose()
    {
        _journal.Dispose();
        _folder.Dispose();
    }

    private IReadOnlyList<KeptPool> Keep(string scope, PoolConfiguration pool) => new KeptPools(_journal).Keep(new RunnerConfiguration
    {
        Scope = new Uri(scope),
        Authentication = new Authentication { Token = new SecretReference(SecretKind.Variable, "T") },
        Name = "box",
        DataDirectory = _folder.Path,
        SocketPath = _folder["runner.sock"],
        Pools = [pool],
    });

    private static PoolConfiguration Pool(string name) => new() { Name = name, Labels = [name] };

    private static RunnerRecord Runner(string name, string pool) => new() { Name = name, Pool = pool, State = RunnerState.Busy, Created = TimeProvider.System.GetUtcNow() };
}
