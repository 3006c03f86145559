using CmlNet.Runner.Configuration;
using CmlNet.Runner.Fleet;
using CmlNet.Runner.Jobs;
using CmlNet.Runner.Journal;
using Microsoft.Extensions.Logging;

namespace CmlNet.Runner.Tests.Fleet;

public sealed class DemandCountTests
{
    private readonly ManualTime _time = new();
    private readonly DemandCount _demand;
    private readonly Warnings _warnings = new();
    private int _open;

    public DemandCountTests() => _demand = new DemandCount(new PoolConfiguration { Name = "one", Labels = ["one"], MinIdle = 1, Max = 4 }, () => _open, new FleetTimes { Stuck = TimeSpan.FromMinutes(10) }, _time, _warnings);

    [Theory]
    [InlineData(null, 0, 0, 1)]
    [InlineData(2, 0, 0, 3)]
    [InlineData(0, 2, 0, 3)] // GitHub's count is at zero while the journal has jobs
    [InlineData(0, 0, 1, 2)] // or while a runner has one
    [InlineData(9, 0, 0, 4)] // never beyond the limit
    public void Target_CountsOfEachSide_IsTheLargestAndTheIdleOnes(int? said, int open, int busy, int expected)
    {
        _open = open;
        _demand.Take(new JobDemand { Assigned = said });
        Assert.Equal(expected, _demand.Target([.. Enumerable.Range(0, busy).Select(_ => Runner(RunnerState.Busy))]));
    }

    [Fact]
    public void Target_EveryJobWantsItsOwn_IsNone()
    {
        _demand.Take(new JobDemand { Wishes = [] });
        Assert.Equal(0, _demand.Target([Runner(RunnerState.Busy)]));
    }

    [Fact]
    public void Target_IdleRunnersGetNothing_DisbelievesTheCountUntilItChanges()
    {
        RunnerEntry[] idle = [Runner(RunnerState.Idle), Runner(RunnerState.Idle), Runner(RunnerState.Idle)];
        _demand.Take(new JobDemand { Assigned = 2, IsQuiet = true });
        Assert.Equal(3, _demand.Target(idle));
        _time.Advance(TimeSpan.FromMinutes(11));
        Assert.Equal(1, _demand.Target(idle));
        _demand.Take(new JobDemand { Assigned = 2, IsQuiet = true });
        Assert.Equal(1, _demand.Target([]));
        Assert.Equal(1, _demand.Target(idle));
        Assert.Equal(1, _warnings.Count); // once for each count that is not believed
        _demand.Take(new JobDemand { Assigned = 3, IsQuiet = true });
        Assert.Equal(4, _demand.Target([]));
    }

    [Fact]
    public void Target_ARunnerGotAJobMeanwhile_BelievesTheCount()
    {
        RunnerEntry[] idle = [Runner(RunnerState.Idle), Runner(RunnerState.Idle)];
        _demand.Take(new JobDemand { Assigned = 2, IsQuiet = true });
        _time.Advance(TimeSpan.FromMinutes(11));
        _demand.NoteStart();
        Assert.Equal(3, _demand.Target(idle));
    }

    [Fact]
    public void Ended_OrderOfTheWords_CountsOnlyWhatIsStillInTheDemand()
    {
        RunnerRecord runner = Runner(RunnerState.Busy).Record with { RequestId = 7 };
        _demand.Take(new JobDemand { Assigned = 1 });
        _demand.NoteEnd(runner, isJobCompleted: false); // nothing was said of its job yet
        Assert.Equal(1, _demand.Ended);
        _demand.Take(new JobDemand { Assigned = 1 });
        Assert.Equal(0, _demand.Ended);
        _demand.NoteEnd(runner, isJobCompleted: true); // its end came with the demand: it is not counted there any more
        Assert.Equal(0, _demand.Ended);
        _demand.NoteCompleted(7);
        _demand.NoteEnd(runner, isJobCompleted: true); // its end came after the demand
        Assert.Equal(1, _demand.Ended);
    }

    private RunnerEntry Runner(RunnerState state) => new(new RunnerRecord { Name = $"r{Guid.NewGuid():N}", Pool = "one", State = state, Created = _time.GetUtcNow() }, _time);

    private sealed class Warnings : ILogger
    {
        public int Count { get; private set; }

        public IDisposable? BeginScope<TState>(TState state)
            where TState : notnull => null;

        public bool IsEnabled(LogLevel logLevel) => true;

        public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter) => Count++;
    }
}
