using CmlNet.Containers;
using CmlNet.Runner.Configuration;
using CmlNet.Runner.Fleet;
using Microsoft.Extensions.Logging;

namespace CmlNet.Runner.Daemon;

/// <summary>Stops taking jobs while the disk is too full, and removes the images and volumes without a name that nothing uses.</summary>
internal sealed class DiskWatch(DiskConfiguration disk, FleetContext context, IContainerEngine? engine, IReadOnlySet<string> caches, ILogger logger, Func<string, long>? measure = null)
{
    // It takes the engine a while, and what was not found just now is not there a moment later either.
    private static readonly TimeSpan BetweenCleanings = TimeSpan.FromMinutes(10);
    private long? _cleaned;
    private readonly Func<string, long> _measure = measure ?? (static path => new DriveInfo(path).AvailableFreeSpace);

    public async Task LookAsync(CancellationToken cancellationToken)
    {
        long free = _measure(disk.Path);
        bool isTooSoon = _cleaned is { } last && context.Time.GetElapsedTime(last) < BetweenCleanings;
        // Told before it is cleaned, which may take minutes.
        Tell(free);
        if (context.HasRoom || isTooSoon || engine is not IImageCleaner cleaner)
            return;
        _cleaned = context.Time.GetTimestamp();
        DaemonLog.Pruned(logger, await cleaner.RemoveDanglingAsync(caches, cancellationToken));
        Tell(_measure(disk.Path));
    }

    private void Tell(long free)
    {
        bool hasRoom = free >= disk.LeastFreeBytes;
        if (hasRoom == context.HasRoom)
            return;
        context.HasRoom = hasRoom;
        if (!hasRoom)
            FleetLog.DiskFull(logger, disk.Path, free, disk.LeastFreeBytes);
        context.Board.Share();
        context.Wake.Ring();
    }
}
