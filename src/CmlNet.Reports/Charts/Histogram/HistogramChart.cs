using CmlNet.Reports.Charts.Drawing;
using CmlNet.Reports.Numbers;

namespace CmlNet.Reports.Charts.Histogram;

/// <summary>One set as bars of counts; several as pale steps of shares over each other.</summary>
internal sealed class HistogramChart : IChart
{
    private const int MostSeries = 4;

    public string Name => HistogramChartData.KindName;

    public string Describe(ChartData data)
    {
        HistogramChartData histogram = Cast(data);
        if (histogram.Edges.Count < 2)
            return $"Histogram {histogram.Title}: no data.";
        IEnumerable<string> parts = histogram.Series.Take(MostSeries).Where(series => series.Counts.Sum() > 0).Select(series =>
        {
            int peak = series.Counts.Index().MaxBy(bin => bin.Item).Index;
            return $"{series.Name} {series.Counts.Sum()} values, most ({series.Counts[peak]}) from {FiveDigits.Format(histogram.Edges[peak])} to {FiveDigits.Format(histogram.Edges[peak + 1])}";
        });
        return $"Histogram {histogram.Title} of {histogram.ValueName} from {FiveDigits.Format(histogram.Edges[0])} to {FiveDigits.Format(histogram.Edges[^1])}: {string.Join("; ", parts)}.";
    }

    public string Render(ChartData data, ChartTheme theme)
    {
        HistogramChartData histogram = Cast(data);
        var series = histogram.Series.Take(MostSeries).ToList();
        var notes = new List<string>();
        if (histogram.Series.Count > MostSeries)
            notes.Add($"the first {MostSeries} of {histogram.Series.Count} sets");
        if (histogram.Left > 0)
            notes.Add($"{histogram.Left} NaN or infinite left out");
        var text = new AxisPlotText(histogram.Title, Describe(histogram), string.Join("; ", notes));
        if (histogram.Edges.Count < 2)
            return AxisPlot.Empty(theme, text, "no finite values to count");
        bool shares = series.Count > 1;
        double[][] heights = [.. series.Select(one => Heights(one, shares))];
        double top = heights.SelectMany(all => all).DefaultIfEmpty(0).Max();
        AxisRange x = new() { Low = histogram.Edges[0], High = histogram.Edges[^1], Name = histogram.ValueName, IsWhole = histogram.Edges.All(edge => Math.Floor(edge) != edge && Math.Floor(edge * 2) == edge * 2) };
        AxisRange y = new() { Low = 0, High = top > 0 ? top : 1, IsRounded = true, IsWhole = !shares, Name = shares ? "share of the set" : "cases" };
        var plot = new AxisPlot(theme, text, shares ? [.. series.Select((one, i) => new LegendEntry(one.Name, i, LegendMark.Block))] : [], (x, y));
        for (int i = 0; i < series.Count; i++)
        {
            if (shares)
                DrawSteps(plot, histogram, series[i], heights[i], i);
            else
                DrawBars(plot, histogram, series[i]);
        }

        plot.Svg.Line(plot.X.From, plot.Bottom, plot.X.To, plot.Bottom, theme.Axis);
        return plot.Close();
    }

    private static double[] Heights(HistogramSeries series, bool shares)
    {
        double total = shares ? Math.Max(1, series.Counts.Sum()) : 1;
        return [.. series.Counts.Select(count => count / total)];
    }

    private static void DrawBars(AxisPlot plot, HistogramChartData histogram, HistogramSeries series)
    {
        for (int i = 0; i < series.Counts.Count; i++)
        {
            if (series.Counts[i] == 0)
                continue;
            double left = plot.X.ToPixel(histogram.Edges[i]), right = plot.X.ToPixel(histogram.Edges[i + 1]), top = plot.Y.ToPixel(series.Counts[i]);
            double gap = right - left > 6 ? 1 : 0;
            plot.Svg.Rect(left + gap, top, right - left - gap * 2, plot.Bottom - top, Legend.Color(plot.Theme, 0), tip: Tip(histogram, series, i));
        }
    }

    private static void DrawSteps(AxisPlot plot, HistogramChartData histogram, HistogramSeries series, double[] heights, int color)
    {
        var outline = new List<PlotPoint> { plot.ToPixel(histogram.Edges[0], 0) };
        for (int i = 0; i < heights.Length; i++)
        {
            outline.Add(plot.ToPixel(histogram.Edges[i], heights[i]));
            outline.Add(plot.ToPixel(histogram.Edges[i + 1], heights[i]));
        }

        outline.Add(plot.ToPixel(histogram.Edges[^1], 0));
        plot.Svg.BeginSeries(series.Name);
        plot.Svg.Area([.. outline], Legend.Color(plot.Theme, color), 0.25);
        plot.Svg.Path([.. outline], Legend.Color(plot.Theme, color), 1.5, Legend.Dash(plot.Theme, color));
        plot.Svg.End();
    }

    private static string Tip(HistogramChartData histogram, HistogramSeries series, int bin) =>
        $"{FiveDigits.Format(histogram.Edges[bin])} to {FiveDigits.Format(histogram.Edges[bin + 1])}: {series.Counts[bin]}";

    private static HistogramChartData Cast(ChartData data) => data as HistogramChartData ?? throw new ArgumentException($"a histogram cannot draw '{data.Kind}' data");
}
