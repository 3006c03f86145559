namespace CmlNet.Reports.Charts.Line;

/// <summary>Series in the order of their steps, and without gaps that mean nothing.</summary>
internal static class LineOrder
{
    private const int FewestJoined = 4;

    /// <summary>The series itself when it is in order; else a copy that is, without the points that have no step.</summary>
    public static LineSeries Of(LineSeries series) => Joined(Sorted(series));

    // A value that is logged at every tenth step only is NaN at the others: were those gaps, no line would be left.
    private static LineSeries Joined(LineSeries series)
    {
        ReadOnlySpan<double> y = Values.Of(series.Y);
        int alone = 0, present = 0;
        for (int i = 0; i < y.Length; i++)
        {
            if (double.IsNaN(y[i]))
                continue;
            present++;
            alone += (i == 0 || double.IsNaN(y[i - 1])) && (i + 1 == y.Length || double.IsNaN(y[i + 1])) ? 1 : 0;
        }

        if (present < FewestJoined || alone <= present / 2)
            return series;
        int[] kept = [.. Enumerable.Range(0, series.Y.Count).Where(i => !double.IsNaN(series.Y[i]))];
        return series with { X = Array.ConvertAll(kept, i => series.X[i]), Y = Array.ConvertAll(kept, i => series.Y[i]) };
    }

    private static LineSeries Sorted(LineSeries series)
    {
        ReadOnlySpan<double> x = Values.Of(series.X);
        bool sorted = true;
        for (int i = 1; i < x.Length && sorted; i++)
            sorted = x[i] >= x[i - 1]; // false beside a NaN
        if (sorted)
            return series;
        // Array.Sort would reorder points of one step; OrderBy keeps them.
        int[] order = [.. Enumerable.Range(0, series.X.Count).Where(i => double.IsFinite(series.X[i])).OrderBy(i => series.X[i])];
        return series with { X = Array.ConvertAll(order, i => series.X[i]), Y = Array.ConvertAll(order, i => series.Y[i]) };
    }
}
