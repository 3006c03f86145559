using CmlNet.Containers;
using CmlNet.Runner.Daemon;
using CmlNet.Runner.Jobs.GitHub;
using Microsoft.Extensions.Logging.Abstractions;

namespace CmlNet.Runner.Tests.Daemon;

public sealed class SupervisorTests
{
    private readonly RecordingTime _time = new();
    private readonly Supervisor _supervisor;

    public SupervisorTests() => _supervisor = new Supervisor(new DaemonTimes { FirstRestart = TimeSpan.FromMilliseconds(4), LongestRestart = TimeSpan.FromMilliseconds(9) }, _time, NullLogger.Instance);

    [Fact]
    public async Task Run_LoopFailsInEveryWay_IsStartedAgainLaterAndLater()
    {
        Exception[] failures = [new EngineException(EngineErrorKind.Lost, "gone"), new InvalidOperationException("a bug"), new IOException("full"), new OperationCanceledException("not ours")];
        int turn = 0;

        await _supervisor.RunAsync("the loop", _ => turn < failures.Length ? Task.FromException(failures[turn++]) : Task.CompletedTask, CancellationToken.None);

        Assert.Equal(failures.Length, turn);
        Assert.Equal([4, 6, 9, 9], _time.Delays.Select(delay => delay.TotalMilliseconds));
    }

    [Fact]
    public async Task Run_CallsOfTheHourAreUsedUp_WaitsForTheNextHour()
    {
        using var stop = new CancellationTokenSource();
        int turns = 0;
        Task loop = _supervisor.RunAsync("the loop", _ => ++turns == 1 ? Task.FromException(new GitHubException("used up") { RetryAt = _time.GetUtcNow() + TimeSpan.FromMinutes(40) }) : Task.CompletedTask, stop.Token);
        Assert.InRange(Assert.Single(_time.Delays), TimeSpan.FromMinutes(30), TimeSpan.FromMinutes(40));
        await stop.CancelAsync();
        await loop;
    }

    [Fact]
    public async Task Run_OneLoopFailsForEver_OthersGoOnAndBothEnd()
    {
        using var stop = new CancellationTokenSource();
        int turns = 0;
        Task bad = _supervisor.RunAsync("the bad one", _ => Task.FromException(new InvalidOperationException("again")), stop.Token);
        Task good = _supervisor.RepeatAsync("the good one", TimeSpan.FromMilliseconds(1), _ => Task.FromResult(Interlocked.Increment(ref turns)), stop.Token);
        await Polling.UntilAsync(() => Volatile.Read(ref turns) > 20, "it goes on");
        Assert.False(bad.IsCompleted);
        await stop.CancelAsync();
        await Task.WhenAll(bad, good).WaitAsync(Polling.Patience);
    }
}
