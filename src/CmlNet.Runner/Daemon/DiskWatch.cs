using CmlNet.Containers;
using CmlNet.Runner.Configuration;
using CmlNet.Runner.Fleet;
using Microsoft.Extensions.Logging;

namespace CmlNet.Runner.Daemon;

/// <summary>Stops taking jobs while the disk is too full, after removing the images that nobody uses.</summary>
internal sealed class DiskWatch(DiskConfiguration disk, FleetContext context, IContainerEngine? engine, ILogger logger, Func<string, long>? measure = null)
{
    private readonly Func<string, long> _measure = measure ?? (static path => new DriveInfo(path).AvailableFreeSpace);

    public async Task LookAsync(CancellationToken cancellationToken)
    {
        long free = _measure(disk.Path);
        if (free < disk.LeastFreeBytes && context.HasRoom && engine is IImageCleaner cleaner)
        {
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
    }
}
