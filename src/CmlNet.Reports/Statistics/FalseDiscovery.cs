namespace CmlNet.Reports.Statistics;

/// <summary>Benjamini and Hochberg's (1995) step-up adjustment: what is below q has a false discovery rate of at most q.</summary>
internal static class FalseDiscovery
{
    /// <summary>Adjusted p in the order given: min over larger ranks of p m / rank, at most 1.</summary>
    public static double[] Adjust(IReadOnlyList<double> p)
    {
        int[] order = [.. Enumerable.Range(0, p.Count).OrderByDescending(i => p[i])];
        double[] adjusted = new double[p.Count];
        double least = 1;
        for (int i = 0; i < order.Length; i++)
        {
            least = Math.Min(least, p[order[i]] * p.Count / (p.Count - i));
            adjusted[order[i]] = least;
        }

        return adjusted;
    }
}
