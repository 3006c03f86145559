namespace CmlNet.Reports.Drift;

/// <summary>A dozen bins of equal width over both sides, for a small picture.</summary>
internal static class Histogram
{
    private const int Bins = 12;

    /// <summary>Share of each side's values in each bin.</summary>
    /// <param name="one">Sorted, at least one value.</param>
    /// <param name="other">As <paramref name="one"/>.</param>
    public static (double[] One, double[] Other) Of(double[] one, double[] other)
    {
        double least = Math.Min(one[0], other[0]), width = Math.Max(one[^1], other[^1]) - least;
        return (Shares(one, least, width), Shares(other, least, width));
    }

    private static double[] Shares(double[] values, double least, double width)
    {
        double[] shares = new double[Bins];
        foreach (double value in values)
            shares[Math.Clamp((int)((value - least) / width * Bins), 0, Bins - 1)] += 1.0 / values.Length;
        return shares;
    }
}
