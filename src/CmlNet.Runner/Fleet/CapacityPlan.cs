using CmlNet.Runner.Fleet.Gpus;

namespace CmlNet.Runner.Fleet;

/// <summary>
/// Shares the free GPUs out between the pools, so that no GPU is promised to GitHub twice. Pools whose jobs are known to
/// wait come first; then every pool gets a chance, in turns; then the rest goes round. Pure.
/// </summary>
internal static class CapacityPlan
{
    /// <summary>How many runners each pool may have beyond those alive.</summary>
    /// <param name="pools">In the order of their turns.</param>
    /// <param name="free">GPUs without an owner.</param>
    public static IReadOnlyDictionary<string, int> Share(IReadOnlyList<PoolNeed> pools, IReadOnlyList<Gpu> free)
    {
        var left = free.ToList();
        var shares = pools.ToDictionary(pool => pool.Name, _ => 0, StringComparer.Ordinal);
        GoRound(pools, left, shares, (pool, share) => share < pool.Waiting);
        GoRound(pools, left, shares, (_, share) => share < 1);
        GoRound(pools, left, shares, (_, _) => true);
        return shares;
    }

    // One runner for each pool in turn, until nobody wants or can get another.
    private static void GoRound(IReadOnlyList<PoolNeed> pools, List<Gpu> left, Dictionary<string, int> shares, Func<PoolNeed, int, bool> wants)
    {
        bool isChanged;
        do
        {
            isChanged = false;
            foreach (PoolNeed pool in pools)
            {
                if (shares[pool.Name] >= pool.Room || !wants(pool, shares[pool.Name]))
                    continue;
                Gpu[] chosen = [.. GpuAllocator.Choose(left, pool.Gpus, pool.GpuMemoryBytes)];
                if (chosen.Length < pool.Gpus)
                    continue;
                foreach (Gpu gpu in chosen)
                    left.Remove(gpu);
                shares[pool.Name]++;
                isChanged = true;
            }
        }
        while (isChanged);
    }
}
