using System.Runtime.InteropServices;
using CmlNet.Reports.Charts.Drawing;

namespace CmlNet.Reports.Charts.Line;

/// <summary>Lines with gaps at NaN, unless most values stand between NaNs; a point that stands alone is drawn as a dot, values without a place on the axes are counted instead of drawn.</summary>
internal sealed class LineChart : IChart
{
    private const int DescribedSeries = 6;
    private const int PointsKept = 2000;
    private const int DotsUpTo = 40;
    private const double Faint = 0.3;

    public string Name => LineChartData.KindName;

    public string Describe(ChartData data) => Describe(Cast(data), [.. Cast(data).Series.Select(LineOrder.Of)]);

    public string Render(ChartData data, ChartTheme theme)
    {
        LineChartData line = Cast(data);
        IReadOnlyList<LineSeries> ordered = [.. line.Series.Select(LineOrder.Of)];
        AxisExtent x = new(line.IsXLog), y = new(line.IsYLog);
        int hidden = 0;
        foreach (LineSeries series in ordered)
            hidden += Measure(series, x, y);
        string title = line.Series.Count == 1 && line.Series[0].Name != line.Title ? $"{line.Title}: {line.Series[0].Name}" : line.Title;
        var text = new AxisPlotText(title, Describe(line, ordered), hidden == 0 ? "" : $"{hidden} {(line.IsXLog || line.IsYLog ? "zero, negative, " : "")}infinite or beyond 1e300 not drawn");
        if (x.IsEmpty)
            return AxisPlot.Empty(theme, text, "no finite values to draw");
        List<LegendEntry> legend = [];
        for (int i = 0; i < line.Series.Count && line.Series.Count > 1; i++)
        {
            if (!line.Series[i].IsFaint)
                legend.Add(new LegendEntry(line.Series[i].Name, line.Series[i].Color ?? i, IsDashed: line.Series[i].IsDashed));
        }

        var plot = new AxisPlot(theme, text, legend, (x.ToRange(line.XName), y.ToRange(line.YName, isRounded: true)));
        for (int i = 0; i < ordered.Count; i++)
            DrawSeries(plot, ordered[i], ordered[i].Color ?? i, (x, y));
        return plot.Close();
    }

    private static string Describe(LineChartData line, IReadOnlyList<LineSeries> ordered)
    {
        var drawn = ordered.Where(series => !series.IsFaint).Select(series => new LineSummary(series)).Where(summary => summary.Count > 0).ToList();
        if (drawn.Count == 0)
            return $"Line chart {line.Title}: no data.";
        IEnumerable<string> parts = drawn.Take(DescribedSeries).Select(summary => summary.Sentence(line.XName));
        string more = drawn.Count > DescribedSeries ? $"; and {drawn.Count - DescribedSeries} more series" : "";
        string axes = (line.IsXLog, line.IsYLog) switch { (true, true) => ", both axes logarithmic", (true, false) => ", logarithmic x axis", (false, true) => ", logarithmic y axis", _ => "" };
        return $"Line chart {line.Title} by {line.XName}{axes}: {string.Join("; ", parts)}{more}.";
    }

    // How many values are there that no axis can show. NaN is a gap and not counted.
    private static int Measure(LineSeries series, AxisExtent x, AxisExtent y)
    {
        int hidden = 0;
        ReadOnlySpan<double> allX = Values.Of(series.X), allY = Values.Of(series.Y);
        for (int i = 0; i < allY.Length; i++)
        {
            double atX = allX[i], atY = allY[i];
            if (x.CanShow(atX) && y.CanShow(atY))
            {
                x.Add(atX);
                y.Add(atY);
            }
            else if (!double.IsNaN(atY) && !double.IsNaN(atX))
            {
                hidden++;
            }
        }

        return hidden;
    }

    private static void DrawSeries(AxisPlot plot, LineSeries series, int color, (AxisExtent X, AxisExtent Y) extents)
    {
        bool dots = series.Y.Count <= DotsUpTo && !series.IsFaint && !series.IsDashed;
        var run = new List<PlotPoint>(series.Y.Count);
        plot.Svg.BeginSeries(series.Name);
        ReadOnlySpan<double> x = Values.Of(series.X), y = Values.Of(series.Y);
        for (int i = 0; i < y.Length; i++)
        {
            if (extents.X.CanShow(x[i]) && extents.Y.CanShow(y[i]))
            {
                run.Add(plot.ToPixel(x[i], y[i]));
                continue;
            }

            DrawRun(plot, run, series, color, dots);
            run.Clear();
        }

        DrawRun(plot, run, series, color, dots);
        plot.Svg.End();
    }

    private static void DrawRun(AxisPlot plot, List<PlotPoint> run, LineSeries series, int color, bool dots)
    {
        string stroke = Legend.Color(plot.Theme, color);
        if (run.Count > 1)
            plot.Svg.Path(SeriesReduction.MinMax(CollectionsMarshal.AsSpan(run), PointsKept), stroke, series.IsFaint ? 1.5 : 2, Legend.Dash(plot.Theme, color, series.IsDashed), series.IsFaint ? Faint : 1);
        if (dots || run.Count == 1)
        {
            foreach (PlotPoint point in run)
                plot.Svg.Circle(point.X, point.Y, run.Count == 1 ? 3.5 : 2.5, stroke, series.IsFaint ? Faint : 1);
        }
    }

    private static LineChartData Cast(ChartData data) => data as LineChartData ?? throw new ArgumentException($"a line chart cannot draw '{data.Kind}' data");
}
