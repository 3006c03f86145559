namespace CmlNet.Reports.Statistics;

/// <summary>
/// Paired bootstrap of a difference between two models on the same rows. Rows alike in everything the metric looks at share a cell, so a resample is
/// a count per cell. Row indices come from SplitMix64 seeded with <c>seed</c>, scaled to the rows by the high half of a 128-bit product.
/// </summary>
/// <param name="Low">2.5 % quantile (type 7) of the resampled differences.</param>
/// <param name="High">97.5 % quantile.</param>
/// <param name="P">2 min(P(d ≤ 0), P(d ≥ 0)), each counted as (k + 1)/(B + 1), at most 1.</param>
/// <param name="Resamples">Those in which the metric was defined.</param>
internal sealed record PairedBootstrap(double Low, double High, double P, int Resamples)
{
    /// <summary>The metric's difference from the counts of the cells; NaN where it is undefined.</summary>
    public delegate double Difference(ReadOnlySpan<int> counts);

    /// <param name="cells">The cell of each row.</param>
    /// <param name="cellCount">Number of cells.</param>
    /// <param name="difference">New minus old.</param>
    /// <param name="resamples">How often to draw.</param>
    /// <param name="seed">Same seed, same interval.</param>
    /// <param name="cancellationToken">Checked once per resample.</param>
    /// <returns>Null when there are no rows, or the metric was never defined.</returns>
    public static PairedBootstrap? Run(int[] cells, int cellCount, Difference difference, int resamples, ulong seed, CancellationToken cancellationToken)
    {
        int[] counts = new int[cellCount];
        var differences = new List<double>(resamples);
        ulong state = seed;
        for (int b = 0; b < resamples && cells.Length > 0; b++)
        {
            cancellationToken.ThrowIfCancellationRequested();
            Array.Clear(counts);
            for (int i = 0; i < cells.Length; i++)
                counts[cells[Math.BigMul(Next(ref state), (ulong)cells.Length, out _)]]++;
            double value = difference(counts);
            if (!double.IsNaN(value))
                differences.Add(value);
        }

        if (differences.Count == 0)
            return null;
        differences.Sort();
        int below = differences.Count(d => d <= 0), above = differences.Count(d => d >= 0);
        double p = 2.0 * (Math.Min(below, above) + 1) / (differences.Count + 1);
        return new PairedBootstrap(Quantile(differences, 0.025), Quantile(differences, 0.975), Math.Min(1, p), differences.Count);
    }

    // NumPy's default: linear interpolation at (n - 1) q.
    private static double Quantile(List<double> sorted, double q)
    {
        double at = (sorted.Count - 1) * q;
        int below = (int)at;
        return below + 1 == sorted.Count ? sorted[below] : sorted[below] + (at - below) * (sorted[below + 1] - sorted[below]);
    }

    private static ulong Next(ref ulong state)
    {
        ulong z = state += 0x9E3779B97F4A7C15;
        z = (z ^ (z >> 30)) * 0xBF58476D1CE4E5B9;
        z = (z ^ (z >> 27)) * 0x94D049BB133111EB;
        return z ^ (z >> 31);
    }
}
