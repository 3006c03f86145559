namespace CmlNet.Runner.Fleet.Gpus;

/// <summary>Who has which GPU, over all pools: a GPU has one owner at a time, and one that is not well gets none.</summary>
internal sealed class GpuAllocator
{
    private readonly Lock _gate = new();
    private readonly Dictionary<string, string> _owners = new(StringComparer.Ordinal);
    private readonly Dictionary<string, Gpu> _gpus = new(StringComparer.Ordinal);

    /// <summary>Every GPU that was ever seen, those that are gone included, by index.</summary>
    public IReadOnlyList<(Gpu Gpu, string? Owner)> All
    {
        get
        {
            lock (_gate)
                return [.. _gpus.Values.OrderBy(gpu => gpu.Index).ThenBy(gpu => gpu.Uuid, StringComparer.Ordinal).Select(gpu => (gpu, _owners.GetValueOrDefault(gpu.Uuid)))];
        }
    }

    /// <summary>GPUs that are well and have no owner.</summary>
    public IReadOnlyList<Gpu> Free
    {
        get
        {
            lock (_gate)
                return [.. Unowned()];
        }
    }

    /// <summary>Takes over what the driver says now. One that is no longer listed has fallen off the bus and gets no job.</summary>
    public void Update(IReadOnlyList<Gpu> seen)
    {
        lock (_gate)
        {
            foreach (Gpu gpu in seen)
                _gpus[gpu.Uuid] = gpu;
            foreach (string lost in _gpus.Keys.Except(seen.Select(gpu => gpu.Uuid), StringComparer.Ordinal).ToList())
                _gpus[lost] = _gpus[lost] with { Defect = "the driver no longer lists it", Utilization = null, Watts = null };
        }
    }

    /// <summary>Gives GPUs to an owner, the smallest that are large enough; null when there are too few. None are needed for a count of 0.</summary>
    public IReadOnlyList<string>? TryTake(string owner, int count, long leastMemory)
    {
        lock (_gate)
        {
            string[] chosen = [.. Choose(Unowned(), count, leastMemory).Select(gpu => gpu.Uuid)];
            if (chosen.Length < count)
                return null;
            foreach (string uuid in chosen)
                _owners.Add(uuid, owner);
            return chosen;
        }
    }

    /// <summary>Gives an owner back what it had before the daemon was started again.</summary>
    /// <exception cref="InvalidOperationException">Someone else has it.</exception>
    public void Restore(string owner, IReadOnlyList<string> uuids)
    {
        lock (_gate)
        {
            foreach (string uuid in uuids)
            {
                if (_owners.TryGetValue(uuid, out string? other) && other != owner)
                    throw new InvalidOperationException($"GPU {uuid} belongs to {other} and to {owner}.");
                _owners[uuid] = owner;
            }
        }
    }

    public void Release(string owner)
    {
        lock (_gate)
        {
            foreach (string uuid in _owners.Where(entry => entry.Value == owner).Select(entry => entry.Key).ToList())
                _owners.Remove(uuid);
        }
    }

    /// <summary>The GPUs that a runner of this shape would get; fewer than asked for when there are too few.</summary>
    public static IEnumerable<Gpu> Choose(IEnumerable<Gpu> free, int count, long leastMemory) =>
        free.Where(gpu => gpu.MemoryBytes >= leastMemory).OrderBy(gpu => gpu.MemoryBytes).ThenBy(gpu => gpu.Index).Take(count);

    private IEnumerable<Gpu> Unowned() => _gpus.Values.Where(gpu => gpu.Defect is null && !_owners.ContainsKey(gpu.Uuid));
}
