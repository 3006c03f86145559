namespace CmlNet.Reports.Statistics;

/// <summary>How far two distributions lie apart.</summary>
internal static class Distances
{
    /// <summary>Wasserstein's first distance: the area between the two distribution functions.</summary>
    /// <param name="one">Sorted, at least one value.</param>
    /// <param name="other">As <paramref name="one"/>.</param>
    public static double Wasserstein(ReadOnlySpan<double> one, ReadOnlySpan<double> other)
    {
        double total = 0, last = Math.Min(one[0], other[0]);
        int i = 0, j = 0;
        while (i < one.Length || j < other.Length)
        {
            double value = j == other.Length || (i < one.Length && one[i] <= other[j]) ? one[i] : other[j];
            total += Math.Abs((double)i / one.Length - (double)j / other.Length) * (value - last);
            while (i < one.Length && one[i] == value)
                i++;
            while (j < other.Length && other[j] == value)
                j++;
            last = value;
        }

        return total;
    }

    /// <summary>Jensen and Shannon's distance: the root of their divergence, in nats.</summary>
    /// <param name="one">Counts by category.</param>
    /// <param name="other">Counts of the same categories.</param>
    public static double JensenShannon(ReadOnlySpan<long> one, ReadOnlySpan<long> other)
    {
        double n = Sum(one), m = Sum(other), divergence = 0;
        for (int i = 0; i < one.Length; i++)
        {
            double p = one[i] / n, q = other[i] / m, middle = (p + q) / 2;
            divergence += (p > 0 ? p * Math.Log(p / middle) : 0) + (q > 0 ? q * Math.Log(q / middle) : 0);
        }

        return Math.Sqrt(Math.Max(0, divergence / 2));
    }

    /// <summary>Pearson's chi-squared of <paramref name="now"/> against the shares of <paramref name="reference"/>; infinite when a category is new.</summary>
    public static double ChiSquared(ReadOnlySpan<long> reference, ReadOnlySpan<long> now)
    {
        double scale = Sum(now) / Sum(reference), statistic = 0;
        for (int i = 0; i < now.Length; i++)
        {
            double expected = reference[i] * scale;
            statistic += expected > 0 ? (now[i] - expected) * (now[i] - expected) / expected : now[i] > 0 ? double.PositiveInfinity : 0;
        }

        return statistic;
    }

    private static double Sum(ReadOnlySpan<long> counts)
    {
        double sum = 0;
        foreach (long count in counts)
            sum += count;
        return sum;
    }
}
