using CmlNet.Reports.Charts.Drawing;

namespace CmlNet.Reports.Charts.Histogram;

/// <summary>Sorts values into bins with round bounds.</summary>
public static class HistogramBins
{
    private const int MostBins = 60;
    private const int FewestBins = 5;

    /// <summary>
    /// Bins for all sets together: the width by Freedman and Diaconis (2 IQR / ∛n), taken up to 1, 2 or 5 times a power of ten, 5 to 60 bins.
    /// Closed on the left; the last one on both sides.
    /// </summary>
    public static HistogramChartData Of(string title, string valueName, IReadOnlyList<(string Name, IReadOnlyList<double> Values)> sets)
    {
        ArgumentNullException.ThrowIfNull(sets);
        double[] all = [.. sets.SelectMany(set => set.Values).Where(Scale.CanShow)];
        int left = sets.Sum(set => set.Values.Count) - all.Length;
        Array.Sort(all);
        double[] edges = all.Length == 0 ? [] : Edges(all);
        return new HistogramChartData
        {
            Title = title,
            ValueName = valueName,
            Edges = edges,
            Series = [.. sets.Select(set => new HistogramSeries(set.Name, Count(set.Values, edges)))],
            Left = left,
        };
    }

    private static double[] Edges(double[] sorted)
    {
        double low = sorted[0], high = sorted[^1], range = high - low;
        if (range <= Math.Max(Math.Abs(low), Math.Abs(high)) * 1e-12)
        {
            double half = low == 0 ? 0.5 : Math.Abs(low) * 0.05;
            return [low - half, low + half];
        }

        double spread = Quantiles.Of(sorted, 0.75) - Quantiles.Of(sorted, 0.25);
        double width = spread > 0 ? 2 * spread / Math.Cbrt(sorted.Length) : range / (1 + Math.Log2(sorted.Length));
        width = Math.Clamp(width, range / MostBins, range / FewestBins);
        double step = NiceTicks.Step(width, 1);
        bool whole = Array.TrueForAll(sorted, value => Math.Floor(value) == value);
        step = whole ? Math.Max(1, step) : step;
        // Each whole number stands in the middle of its bin.
        double shift = whole && step == 1 ? -0.5 : 0;
        double first = Math.Floor(low / step + 1e-9);
        int count = (int)Math.Max(1, (shift < 0 ? high / step : Math.Ceiling(high / step - 1e-9) - 1) - first + 1);
        return [.. Enumerable.Range(0, count + 1).Select(i => (first + i) * step + shift)];
    }

    private static long[] Count(IReadOnlyList<double> values, double[] edges)
    {
        long[] counts = new long[Math.Max(edges.Length - 1, 0)];
        if (counts.Length == 0)
            return counts;
        double low = edges[0], width = (edges[^1] - low) / counts.Length;
        foreach (double value in values)
        {
            if (!Scale.CanShow(value))
                continue;
            int bin = Math.Clamp((int)((value - low) / width), 0, counts.Length - 1);
            // The division rounds; the bounds decide.
            bin += bin + 1 < counts.Length && value >= edges[bin + 1] ? 1 : bin > 0 && value < edges[bin] ? -1 : 0;
            counts[bin]++;
        }

        return counts;
    }
}
