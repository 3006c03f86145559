using CmlNet.Dvc.Experiments;
using CmlNet.Dvc.Project;
using CmlNet.Runner.Configuration;
using CmlNet.Runner.Fleet.Gpus;

namespace CmlNet.Cli.Commands.Dvc.Exp;

/// <summary>Shares this machine's GPUs out among queued experiments, with the allocator that the runner gives its jobs theirs by.</summary>
/// <param name="gpus">As the driver lists them.</param>
/// <param name="each">For one experiment.</param>
internal sealed class QueueGpus(IReadOnlyList<Gpu> gpus, int each)
{
    /// <summary>For one experiment; 0 when they are not shared out.</summary>
    public int Each => each;

    /// <summary>Asks the driver.</summary>
    /// <param name="asked">For each experiment; null for as many as there are for each worker.</param>
    /// <param name="workers">Experiments at once.</param>
    /// <param name="host">Surroundings.</param>
    /// <param name="cancellationToken">Stops it.</param>
    /// <exception cref="DvcException">There are fewer than one experiment is to have, or the driver does not tell.</exception>
    public static async Task<QueueGpus> ReadAsync(int? asked, int workers, CliHost host, CancellationToken cancellationToken)
    {
        if (workers < 1)
            throw new DvcException($"--jobs must be at least 1, not {workers}", DvcException.Usage);
        if (asked is < 0)
            throw new DvcException($"--gpus must be 0 or more, not {asked}", DvcException.Usage);
        if (asked == 0)
            return new QueueGpus([], 0);
        try
        {
            IReadOnlyList<Gpu> found = await new GpuProbe(new GpuConfiguration(), host.Time).ReadAsync(cancellationToken);
            int well = found.Count(gpu => gpu.Defect is null);
            return asked > well
                ? throw new DvcException($"--gpus {asked}: this machine has {well} GPU{(well == 1 ? "" : "s")} that {(well == 1 ? "is" : "are")} well{string.Concat(found.Where(gpu => gpu.Defect is not null).Select(gpu => $"; {gpu.Uuid}: {gpu.Defect}"))}")
                : new QueueGpus(found, asked ?? well / workers);
        }
        catch (GpuProbeException e) when (asked is null)
        {
            host.Error.WriteLine($"cml dvc queue: GPUs are not shared out: {e.Message}");
            return new QueueGpus([], 0);
        }
        catch (GpuProbeException e)
        {
            throw new DvcException(e.Message, innerException: e);
        }
    }

    /// <summary>The GPUs for the next experiment, given which run; null when too few are left.</summary>
    public IReadOnlyList<string>? Place(IReadOnlyList<QueueEntry> running, QueueEntry next)
    {
        var allocator = new GpuAllocator();
        allocator.Update(gpus);
        foreach (QueueEntry entry in running)
            allocator.Restore(entry.Id, entry.Gpus);
        return allocator.TryTake(next.Id, each, leastMemory: 0);
    }
}
