using CmlNet.Runner.Fleet;
using Microsoft.Extensions.Logging;

namespace CmlNet.Runner.Daemon.Memory;

/// <summary>
/// Gives back what only the start needed, or many jobs at once: garbage, pages of the program's file, and what the C library
/// keeps for itself. A daemon waits most of its life, beside jobs that want the memory.
/// </summary>
internal sealed class MemoryTrim(IReadOnlyList<PoolFleet> pools, TimeProvider time, ILogger logger)
{
    private const long Worthwhile = 5_000_000;

    // A file that is just being loaded is changed in its first moments.
    private static readonly TimeSpan Loading = TimeSpan.FromSeconds(1);
    private long _left;
    private bool _isSettling;

    public async Task LookAsync(CancellationToken cancellationToken)
    {
        bool isStarting = pools.Any(pool => pool is { Condition: PoolCondition.Preparing, Trouble.Length: 0 });
        long before = OwnPages.Resident();
        // What was needed again at once belongs to what is left.
        (_left, _isSettling) = (_isSettling ? before : _left, false);
        if (isStarting || !OperatingSystem.IsLinux() || before < _left + Worthwhile)
            return;
        IReadOnlyCollection<PageRange> clean = OwnPages.FindClean();
        await Task.Delay(Loading, time, cancellationToken);
        GC.Collect(GC.MaxGeneration, GCCollectionMode.Aggressive, blocking: true, compacting: true);
        foreach (PageRange range in OwnPages.FindClean().Intersect(clean))
            OwnPages.Release(range);
        NativeHeap.Release();
        (_left, _isSettling) = (OwnPages.Resident(), true);
        DaemonLog.Trimmed(logger, before / 1_000_000, _left / 1_000_000);
    }
}
