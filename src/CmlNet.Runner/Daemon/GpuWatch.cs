using CmlNet.Runner.Fleet;
using CmlNet.Runner.Fleet.Gpus;
using Microsoft.Extensions.Logging;

namespace CmlNet.Runner.Daemon;

/// <summary>Looks at the GPUs now and then, and says once what is the matter with one.</summary>
internal sealed class GpuWatch(GpuProbe probe, GpuAllocator gpus, CapacityBoard board, WakeUp wake, ILogger logger)
{
    private readonly Dictionary<string, string> _said = new(StringComparer.Ordinal);
    private string _failure = "";

    public async Task LookAsync(CancellationToken cancellationToken)
    {
        int free = gpus.Free.Count;
        try
        {
            gpus.Update(await probe.ReadAsync(cancellationToken));
            _failure = "";
        }
        catch (GpuProbeException exception)
        {
            // Those known stay known: a driver that is slow for once takes no jobs away.
            if (_failure != exception.Message)
                FleetLog.GpuProbeFailed(logger, exception.Message);
            _failure = exception.Message;
            return;
        }

        foreach ((Gpu gpu, _) in gpus.All)
        {
            if (gpu.Defect is not { } defect)
                _said.Remove(gpu.Uuid);
            else if (_said.GetValueOrDefault(gpu.Uuid) != defect)
                FleetLog.GpuOut(logger, gpu.Uuid, gpu.Name, _said[gpu.Uuid] = defect);
        }

        board.Share();
        if (gpus.Free.Count > free)
            wake.Ring();
    }
}
