using CmlNet.Runner.Fleet;
using CmlNet.Runner.Jobs;
using CmlNet.Runner.Journal;

namespace CmlNet.Runner.Tests.Fleet;

public sealed class OpenJobsTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();
    private readonly ManualTime _time = new();
    private readonly SqliteJournal _journal;
    private readonly OpenJobs _open;

    public OpenJobsTests()
    {
        _journal = SqliteJournal.Open(_folder.Path, _time);
        _open = new OpenJobs("one", _journal, new FleetTimes { OpenJob = TimeSpan.FromMinutes(20) }, _time);
    }

    [Fact]
    public void Count_SomethingWasSaid_IsAskedAgain()
    {
        Assert.Equal(0, _open.Count);
        _journal.Store("one", [new JobNotice { Stage = JobStage.Assigned, RequestId = 7 }]);
        Assert.Equal(0, _open.Count);
        _open.Forget();
        Assert.Equal(1, _open.Count);
    }

    [Fact]
    public void Count_NothingIsSaidForLong_ForgetsTheJob()
    {
        _journal.Store("one", [new JobNotice { Stage = JobStage.Assigned, RequestId = 7 }]);
        Assert.Equal(1, _open.Count);
        _time.Advance(TimeSpan.FromMinutes(21));
        Assert.Equal(0, _open.Count);
    }

    public void Dispose()
    {
        _journal.Dispose();
        _folder.Dispose();
    }
}
