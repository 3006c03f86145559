using CmlNet.Containers;
using CmlNet.Runner.Configuration;
using CmlNet.Runner.Fleet;
using Microsoft.Extensions.Logging;

namespace CmlNet.Runner.Daemon;

/// <summary>Stops taking jobs while the disk is too full, after removing the images and volumes that nobody uses.</summary>
internal sealed class DiskWatch(DiskConfiguration disk, FleetContext context, IContainerEngine? engine, ILogger logger, Func<string, long>? measure = null)
{
    // It takes the engine a while, and what was not found just now is not there a moment later either.
    private static readonly TimeSpan BetweenCleanings = TimeSpan.FromMinutes(10);
    private long? _cleaned;
    private readonly Func<string, long> _measure = measure ?? (static path => new DriveInfo(path).AvailableFreeSpace);

    public async Task LookAsync(CancellationToken cancellationToken)
    {
        long free = _measure(disk.Path);
        bool isTooSoon = _cleaned is { } last && context.Time.GetElapsedTime(last) < BetweenCleanings;
        if (free < disk.LeastFreeBytes && !isTooSoon && engine is IImageCleaner cleaner)
        {
            _cleaned = context.Time.GetTimestamp();
            DaemonLog.Pruned(logger, await cleaner.RemoveDanglingAsync(cancellationToken));
            free = _measure(disk.Path);
        }

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
