namespace CmlNet.Reports.Charts;

/// <summary>Quantiles by linear interpolation (NumPy's default, type 7).</summary>
internal static class Quantiles
{
    /// <param name="sorted">Rising, at least one value.</param>
    /// <param name="share">0 to 1.</param>
    public static double Of(double[] sorted, double share)
    {
        double at = (sorted.Length - 1) * share;
        int below = (int)at;
        return below + 1 < sorted.Length ? sorted[below] + (at - below) * (sorted[below + 1] - sorted[below]) : sorted[below];
    }
}
