using CmlNet.Runner.Fleet.Gpus;

namespace CmlNet.Runner.Fleet;

/// <summary>Tells every pool how many runners it may have, and again whenever that changes.</summary>
internal sealed class CapacityBoard(GpuAllocator gpus)
{
    private readonly Lock _gate = new();
    private readonly List<PoolFleet> _pools = [];

    public void Add(PoolFleet pool)
    {
        lock (_gate)
            _pools.Add(pool);
    }

    /// <summary>The pool had its turn and nothing came of it: others go first now.</summary>
    public void Yield(PoolFleet pool)
    {
        lock (_gate)
        {
            _pools.Remove(pool);
            _pools.Add(pool);
        }

        Share();
    }

    /// <summary>Shares out anew. Cheap when nothing has changed.</summary>
    public void Share()
    {
        lock (_gate)
        {
            PoolNeed[] needs = [.. _pools.Select(pool => pool.Need)];
            IReadOnlyDictionary<string, int> shares = CapacityPlan.Share(needs, gpus.Free);
            // First those that get less: a GPU is taken back before it is promised again.
            foreach (PoolFleet pool in _pools.OrderBy(pool => shares[pool.Name] - pool.Share))
                pool.Share = shares[pool.Name];
        }
    }
}
