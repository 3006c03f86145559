namespace CmlNet.Reports.Statistics;

/// <summary>The two-sample Kolmogorov-Smirnov test, two-sided.</summary>
/// <param name="Statistic">Greatest distance of the two distribution functions.</param>
/// <param name="P">Exact for samples of up to 10,000; beyond, that of one sample of n m / (n + m), rounded, as SciPy has it.</param>
internal sealed record KolmogorovSmirnov(double Statistic, double P)
{
    private const int ExactUpTo = 10_000;

    /// <param name="one">Sorted, at least one value.</param>
    /// <param name="other">As <paramref name="one"/>.</param>
    public static KolmogorovSmirnov Of(ReadOnlySpan<double> one, ReadOnlySpan<double> other)
    {
        int n = one.Length, m = other.Length, i = 0, j = 0;
        long greatest = 0;
        while (i < n && j < m)
        {
            double value = Math.Min(one[i], other[j]);
            while (i < n && one[i] == value)
                i++;
            while (j < m && other[j] == value)
                j++;
            greatest = Math.Max(greatest, Math.Abs((long)i * m - (long)j * n));
        }

        double statistic = (double)greatest / n / m;
        double p = Math.Max(n, m) <= ExactUpTo ? Exact(n, m, greatest) : OneSampleTail.Of((int)Math.Round((double)n * m / (n + m)), statistic);
        return new KolmogorovSmirnov(statistic, Math.Clamp(p, 0, 1));
    }

    // The chance that a random walk from (0, 0) to (n, m) leaves the band: given that it passes (i, j), its last step was along i with i / (i + j).
    private static double Exact(int n, int m, long distance)
    {
        if (distance == 0)
            return 1;
        double[] outside = new double[m + 1];
        for (int i = 0; i <= n; i++)
        {
            for (int j = 0; j <= m; j++)
            {
                if (Math.Abs((long)i * m - (long)j * n) >= distance)
                    outside[j] = 1;
                else if (i + j == 0)
                    outside[j] = 0;
                else
                    outside[j] = ((i > 0 ? outside[j] * i : 0) + (j > 0 ? outside[j - 1] * j : 0)) / (i + j);
            }
        }

        return outside[m];
    }
}
