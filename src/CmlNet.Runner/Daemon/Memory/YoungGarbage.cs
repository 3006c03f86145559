using CmlNet.Runner.Configuration;
using CmlNet.Runner.Fleet;
using CmlNet.Runner.Journal;

namespace CmlNet.Runner.Daemon.Memory;

/// <summary>
/// Collects young garbage after a little work. The runtime itself waits until as much has come together as fits into the
/// processor's cache, which is tens of megabytes on a large machine, and keeps that much ever after.
/// </summary>
internal sealed class YoungGarbage : IRunnerEnd
{
    private const long Much = 4_000_000;
    private long _last;

    /// <summary>Bytes allocated so far; something else in tests.</summary>
    public Func<long> Allocated { get; init; } = static () => GC.GetTotalAllocatedBytes();

    /// <summary>Collects; something else in tests.</summary>
    public Action Collect { get; init; } = static () => GC.Collect(0, GCCollectionMode.Forced, blocking: true);

    /// <summary>A runner's life leaves some hundred kilobytes.</summary>
    public Task CollectAsync(RunnerRecord runner, PoolConfiguration pool, bool isLost, CancellationToken cancellationToken)
    {
        CollectIfMuch();
        return Task.CompletedTask;
    }

    public void CollectIfMuch()
    {
        long last = Interlocked.Read(ref _last), now = Allocated();
        if (now - last >= Much && Interlocked.CompareExchange(ref _last, now, last) == last)
            Collect();
    }
}
