using CmlNet.Reports.Charts.Drawing;
using CmlNet.Reports.Charts.Line;
using CmlNet.Reports.Numbers;

namespace CmlNet.Reports.Charts.Scatter;

/// <summary>Points, with shapes by series; a million of them show as density.</summary>
internal sealed class ScatterChart : IChart
{
    private const int DescribedSeries = 6;

    public string Name => ScatterChartData.KindName;

    public string Describe(ChartData data)
    {
        ScatterChartData scatter = Cast(data);
        var parts = scatter.Series.Where(series => series.X.Count > 0).Take(DescribedSeries).Select(series => Sentence(scatter, series)).ToList();
        if (parts.Count == 0)
            return $"Scatter plot {scatter.Title}: no data.";
        string more = scatter.Series.Count > DescribedSeries ? $"; and {scatter.Series.Count - DescribedSeries} more series" : "";
        return $"Scatter plot {scatter.Title}, {scatter.YName} by {scatter.XName}: {string.Join("; ", parts)}{more}.";
    }

    public string Render(ChartData data, ChartTheme theme)
    {
        ScatterChartData scatter = Cast(data);
        AxisExtent x = new(scatter.IsXLog), y = new(scatter.IsYLog);
        IReadOnlyList<LineSeries> all = scatter.IsJittered ? [.. scatter.Series.Select(series => Jitter.Spread(series, scatter.XCategories is not null, scatter.YCategories is not null))] : scatter.Series;
        int shown = all.Sum(series => Measure(series, x, y)), total = all.Sum(series => series.X.Count);
        string hidden = shown < total ? $"{total - shown} without a place on the axes not drawn" : "";
        string note = string.Join("; ", new[] { PointCloud.Note(shown, all.Count), hidden }.Where(part => part.Length > 0));
        var text = new AxisPlotText(scatter.Title, Describe(scatter), note);
        if (shown == 0)
            return AxisPlot.Empty(theme, text, "no finite values to draw");
        AxisRange xRange = x.ToRange(scatter.XName) with { Categories = scatter.XCategories }, yRange = y.ToRange(scatter.YName, isRounded: true) with { Categories = scatter.YCategories };
        if (scatter.HasDiagonal)
            (xRange, yRange) = (xRange with { Low = Math.Min(x.Low, y.Low), High = Math.Max(x.High, y.High) }, yRange with { Low = Math.Min(x.Low, y.Low), High = Math.Max(x.High, y.High) });
        IReadOnlyList<LegendEntry> legend = all.Count > 1 ? [.. all.Select((series, i) => new LegendEntry(series.Name, series.Color ?? i, LegendMark.Dot))] : [];
        var plot = new AxisPlot(theme, text, legend, (xRange, yRange), Height(scatter));
        if (scatter.HasDiagonal)
            plot.Svg.Path([plot.ToPixel(xRange.Low, xRange.Low), plot.ToPixel(xRange.High, xRange.High)], theme.Muted, 1.5, "6 4");
        var cloud = new PointCloud(plot, shown, all.Count);
        for (int i = 0; i < all.Count; i++)
            cloud.Draw(all[i].Name, all[i].Color ?? i, all[i].X, all[i].Y, (x, y));
        return plot.Close();
    }

    private static double Height(ScatterChartData scatter) =>
        scatter.YCategories is { } rows ? Math.Clamp(rows.Count * 26, 120, 520) : scatter.HasDiagonal ? 420 : 290;

    private static int Measure(LineSeries series, AxisExtent x, AxisExtent y)
    {
        int shown = 0;
        for (int i = 0; i < series.X.Count; i++)
        {
            if (!x.CanShow(series.X[i]) || !y.CanShow(series.Y[i]))
                continue;
            shown++;
            x.Add(series.X[i]);
            y.Add(series.Y[i]);
        }

        return shown;
    }

    private static string Sentence(ScatterChartData scatter, LineSeries series)
    {
        string count = series.X.Count == 1 ? "1 point" : $"{series.X.Count} points";
        return $"{series.Name} {count}{Range(scatter.XName, series.X, scatter.XCategories)}{Range(scatter.YName, series.Y, scatter.YCategories)}";
    }

    private static string Range(string name, IReadOnlyList<double> values, IReadOnlyList<string>? categories)
    {
        if (categories is not null)
            return $", {categories.Count} values of {name}";
        double low = double.PositiveInfinity, high = double.NegativeInfinity;
        foreach (double value in values)
            (low, high) = double.IsFinite(value) ? (Math.Min(low, value), Math.Max(high, value)) : (low, high);
        return low > high ? "" : $", {name} {FiveDigits.Format(low)} to {FiveDigits.Format(high)}";
    }

    private static ScatterChartData Cast(ChartData data) => data as ScatterChartData ?? throw new ArgumentException($"a scatter chart cannot draw '{data.Kind}' data");
}
