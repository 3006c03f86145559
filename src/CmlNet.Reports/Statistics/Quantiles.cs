namespace CmlNet.Reports.Statistics;

/// <summary>Quantiles of type 7, NumPy's default: linear interpolation at (n - 1) q.</summary>
internal static class Quantiles
{
    /// <param name="sorted">Ascending, at least one value.</param>
    /// <param name="q">From 0 to 1.</param>
    public static double Of(ReadOnlySpan<double> sorted, double q)
    {
        double at = (sorted.Length - 1) * q;
        int below = (int)at;
        return below + 1 >= sorted.Length ? sorted[^1] : sorted[below] + (at - below) * (sorted[below + 1] - sorted[below]);
    }
}
