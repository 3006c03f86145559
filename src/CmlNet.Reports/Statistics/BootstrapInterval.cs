namespace CmlNet.Reports.Statistics;

/// <summary>What resampling says of one figure.</summary>
/// <param name="Low">2.5 % quantile (type 7) of the resampled figures.</param>
/// <param name="High">97.5 % quantile.</param>
/// <param name="P">That a difference is none: 2 min(P(d ≤ 0), P(d ≥ 0)), each counted as (k + 1)/(B + 1), at most 1.</param>
/// <param name="Resamples">Those in which the figure was defined.</param>
internal sealed record BootstrapInterval(double Low, double High, double P, int Resamples)
{
    /// <summary>Null when the figure was never defined.</summary>
    /// <param name="values">One for each resample, NaN where undefined; left sorted.</param>
    public static BootstrapInterval? Of(Span<double> values)
    {
        int defined = 0, below = 0, above = 0;
        foreach (double value in values)
        {
            if (double.IsNaN(value))
                continue;
            values[defined++] = value;
            below += value <= 0 ? 1 : 0;
            above += value >= 0 ? 1 : 0;
        }

        if (defined == 0)
            return null;
        Span<double> sorted = values[..defined];
        sorted.Sort();
        double p = 2.0 * (Math.Min(below, above) + 1) / (defined + 1);
        return new BootstrapInterval(Quantiles.Of(sorted, 0.025), Quantiles.Of(sorted, 0.975), Math.Min(1, p), defined);
    }
}
