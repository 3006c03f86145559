using CmlNet.Runner.Daemon;

namespace CmlNet.Runner.Tests.Daemon;

public sealed class WakeUpTests
{
    private readonly WakeUp _wake = new(TimeProvider.System);

    [Fact]
    public async Task Wait_RungBefore_ComesBackOnceHoweverOften()
    {
        _wake.Ring();
        _wake.Ring();
        await _wake.WaitAsync(TimeSpan.FromHours(1), CancellationToken.None);
        Task second = _wake.WaitAsync(TimeSpan.FromHours(1), CancellationToken.None);
        Assert.False(second.IsCompleted);
        _wake.Ring();
        await second.WaitAsync(Polling.Patience);
    }

    [Fact]
    public async Task Wait_NobodyRings_ComesBackWhenTheTimeIsOver() => await _wake.WaitAsync(TimeSpan.FromMilliseconds(1), CancellationToken.None).WaitAsync(Polling.Patience);

    [Fact]
    public async Task Wait_Cancelled_SaysSo()
    {
        using var stop = new CancellationTokenSource();
        Task waiting = _wake.WaitAsync(Timeout.InfiniteTimeSpan, stop.Token);
        await stop.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => waiting);
    }
}
