using CmlNet.Runner.Fleet;
using Microsoft.Extensions.Logging;

namespace CmlNet.Runner.Daemon.Memory;

/// <summary>
/// Gives back what only the start needed, or many jobs at once: garbage, pages of the program's file, and what the C library
/// keeps for itself. A daemon waits most of its life, beside jobs that want the memory.
/// </summary>
internal sealed class MemoryTrim(IReadOnlyList<PoolFleet> pools, YoungGarbage garbage, TimeProvider time, ILogger logger)
{
    private const long Worthwhile = 5_000_000;

    // An idle daemon allocates that much in minutes. Without it, what has come back since is what waiting needs, and would come
    // back again: that took more than the waiting itself.
    private const long Work = 3_000_000;

    // A file that is just being loaded is changed in its first moments.
    private static readonly TimeSpan Loading = TimeSpan.FromSeconds(1);
    private long _left;
    private long _allocated = -Work;

    /// <summary>Bytes that are resident; something else in tests.</summary>
    public Func<long> Measure { get; init; } = OwnPages.Resident;

    /// <summary>Bytes allocated so far; something else in tests.</summary>
    public Func<long> Allocated { get; init; } = static () => GC.GetTotalAllocatedBytes();

    public async Task LookAsync(CancellationToken cancellationToken)
    {
        garbage.CollectIfMuch();
        bool isStarting = pools.Any(pool => pool is { Condition: PoolCondition.Preparing, Trouble.Length: 0 });
        long before = Measure();
        _left = Math.Min(before, _left);
        if (isStarting || !OperatingSystem.IsLinux() || before < _left + Worthwhile || Allocated() < _allocated + Work)
            return;
        IReadOnlyCollection<PageRange> clean = OwnPages.FindClean();
        await Task.Delay(Loading, time, cancellationToken);
        GC.Collect(GC.MaxGeneration, GCCollectionMode.Aggressive, blocking: true, compacting: true);
        foreach (PageRange range in OwnPages.FindClean().Intersect(clean))
            OwnPages.Release(range);
        NativeHeap.Release();
        (_left, _allocated) = (Measure(), Allocated());
        DaemonLog.Trimmed(logger, before / 1_000_000, _left / 1_000_000);
    }
}
