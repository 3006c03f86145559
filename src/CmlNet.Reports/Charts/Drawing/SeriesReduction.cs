using System.Runtime.InteropServices;

namespace CmlNet.Reports.Charts.Drawing;

/// <summary>Thins a line that has more points than the picture has pixels.</summary>
internal static class SeriesReduction
{
    /// <summary>
    /// First, lowest, highest and last point of each pixel column: what is drawn is pixel for pixel what all points would have drawn,
    /// so a spike of one step is never lost. Points are in pixels and ordered by X.
    /// </summary>
    public static ReadOnlySpan<PlotPoint> MinMax(ReadOnlySpan<PlotPoint> points, int keepUpTo)
    {
        if (points.Length <= keepUpTo)
            return points;
        var kept = new List<PlotPoint>(keepUpTo);
        int start = 0;
        while (start < points.Length)
        {
            double column = Math.Floor(points[start].X);
            int end = start, low = start, high = start;
            for (; end < points.Length && Math.Floor(points[end].X) == column; end++)
            {
                low = points[end].Y < points[low].Y ? end : low;
                high = points[end].Y > points[high].Y ? end : high;
            }

            int previous = -1;
            foreach (int index in (ReadOnlySpan<int>)[start, Math.Min(low, high), Math.Max(low, high), end - 1])
            {
                if (index != previous)
                    kept.Add(points[index]);
                previous = index;
            }

            start = end;
        }

        return CollectionsMarshal.AsSpan(kept);
    }
}
