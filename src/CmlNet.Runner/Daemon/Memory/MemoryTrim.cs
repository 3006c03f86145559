using CmlNet.Runner.Fleet;
using Microsoft.Extensions.Logging;

namespace CmlNet.Runner.Daemon.Memory;

/// <summary>
/// Gives back what only the start needed, or many jobs at once: garbage, pages of the program's file, and what the C library
/// keeps for itself. A daemon waits most of its life, beside jobs that want the memory.
/// </summary>
internal sealed class MemoryTrim(IReadOnlyList<PoolFleet> pools, TimeProvider time, ILogger logger, Func<long>? measure = null)
{
    private const long Worthwhile = 5_000_000;

    // A file that is just being loaded is changed in its first moments.
    private static readonly TimeSpan Loading = TimeSpan.FromSeconds(1);
    private readonly Func<long> _measure = measure ?? OwnPages.Resident;
    private long _left;
    private long _allowed = Worthwhile;
    private bool _isSettling;

    public async Task LookAsync(CancellationToken cancellationToken)
    {
        bool isStarting = pools.Any(pool => pool is { Condition: PoolCondition.Preparing, Trouble.Length: 0 });
        long before = _measure();
        // What was needed again at once belongs to what is left, as far as it is little; of more, most is the work of just then.
        // It may be more each time, so that this comes to an end where that much is needed indeed.
        long left = Math.Min(before, _isSettling ? _left + _allowed : _left);
        bool isTooMuch = before >= left + Worthwhile;
        _allowed = _isSettling && isTooMuch ? _allowed * 2 : Worthwhile;
        (_left, _isSettling) = (left, false);
        if (isStarting || !OperatingSystem.IsLinux() || !isTooMuch)
            return;
        IReadOnlyCollection<PageRange> clean = OwnPages.FindClean();
        await Task.Delay(Loading, time, cancellationToken);
        GC.Collect(GC.MaxGeneration, GCCollectionMode.Aggressive, blocking: true, compacting: true);
        foreach (PageRange range in OwnPages.FindClean().Intersect(clean))
            OwnPages.Release(range);
        NativeHeap.Release();
        (_left, _isSettling) = (_measure(), true);
        DaemonLog.Trimmed(logger, before / 1_000_000, _left / 1_000_000);
    }
}
