namespace CmlNet.Reports.Charts.Line;

/// <summary>Series in the order of their steps.</summary>
internal static class LineOrder
{
    /// <summary>The series itself when it is in order; else a copy that is, without the points that have no step.</summary>
    public static LineSeries Of(LineSeries series)
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
