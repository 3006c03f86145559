namespace CmlNet.Reports.Statistics;

/// <summary>SplitMix64 (Steele, Lea, Flood 2014). A stream of its own for each resample makes the result independent of how many threads draw.</summary>
internal struct SplitMix(ulong seed)
{
    private const ulong Golden = 0x9E3779B97F4A7C15;
    private ulong _state = seed;

    /// <summary>The stream of one resample: seeded with the mixed sum of seed and number.</summary>
    public static SplitMix Stream(ulong seed, int number) => new(Mix(seed + (ulong)(number + 1) * Golden));

    public ulong Next() => Mix(_state += Golden);

    /// <summary>At least 0, below 1: the upper 53 bits.</summary>
    public double NextDouble() => (Next() >> 11) * (1.0 / (1UL << 53));

    /// <summary>0 to <paramref name="count"/> - 1: the high half of the 128-bit product.</summary>
    public int NextIndex(int count) => (int)Math.BigMul(Next(), (ulong)count, out _);

    private static ulong Mix(ulong z)
    {
        z = (z ^ (z >> 30)) * 0xBF58476D1CE4E5B9;
        z = (z ^ (z >> 27)) * 0x94D049BB133111EB;
        return z ^ (z >> 31);
    }
}
