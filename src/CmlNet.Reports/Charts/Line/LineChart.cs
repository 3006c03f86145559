using CmlNet.Reports.Charts.Drawing;
using CmlNet.Reports.Numbers;

namespace CmlNet.Reports.Charts.Line;

/// <summary>Lines with gaps at NaN; a point that stands alone is drawn as a dot, infinite values are counted instead of drawn.</summary>
internal sealed class LineChart : IChart
{
    private const double Width = 720;
    private const double PlotHeight = 290;
    private const double Right = 700;
    private const int DescribedSeries = 6;
    private const int PointsKept = 2000;
    private const int DotsUpTo = 40;

    public string Name => LineChartData.KindName;

    public string Describe(ChartData data)
    {
        LineChartData line = Cast(data);
        var drawn = line.Series.Select(series => new SeriesSummary(series)).Where(summary => summary.Count > 0).ToList();
        if (drawn.Count == 0)
            return $"Line chart {line.Title}: no data.";
        IEnumerable<string> parts = drawn.Take(DescribedSeries).Select(summary => summary.Sentence(line.XName));
        string more = drawn.Count > DescribedSeries ? $"; and {drawn.Count - DescribedSeries} more series" : "";
        return $"Line chart {line.Title} by {line.XName}: {string.Join("; ", parts)}{more}.";
    }

    public string Render(ChartData data, ChartTheme theme)
    {
        LineChartData line = Cast(data);
        var legend = new Legend(line.Series.Count > 1 ? [.. line.Series.Select(series => series.Name)] : [], 16, Right);
        double top = 44 + legend.Height;
        double bottom = top + PlotHeight;
        var svg = new SvgWriter(Width, bottom + 46, Describe(data), theme);
        string title = line.Series.Count == 1 && line.Series[0].Name != line.Title ? $"{line.Title}: {line.Series[0].Name}" : line.Title;
        PlotFrame.Title(svg, theme, title, 16, Right - 16);
        legend.Draw(svg, theme, 36);
        if (Extent.Of(line.Series) is { } extent)
            Plot(svg, theme, line, extent, top, bottom);
        else
            PlotFrame.Message(svg, theme, "no finite values to draw", Width / 2, (top + bottom) / 2);
        return svg.Close();
    }

    private static void Plot(SvgWriter svg, ChartTheme theme, LineChartData line, Extent extent, double top, double bottom)
    {
        var y = Scale.Over(extent.LowY, extent.HighY, bottom, top, 6, round: true);
        double left = Math.Max(48, PlotFrame.LabelWidth(y) + 24);
        var x = Scale.Over(extent.LowX, extent.HighX, left + 6, Right - 6, 10, round: false, whole: extent.WholeX);
        PlotFrame.Vertical(svg, theme, y, left, Right);
        PlotFrame.Horizontal(svg, theme, x, bottom);
        svg.Text((left + Right) / 2, bottom + 36, TextMeasure.Fit(SvgText.OneLine(line.XName), PlotFrame.NameSize, 400), new TextStyle(PlotFrame.NameSize, theme.Muted, "middle"));
        if (extent.Infinite > 0)
            svg.Text(Right, bottom + 36, $"{extent.Infinite} infinite or beyond 1e300 not drawn", new TextStyle(PlotFrame.TickSize, theme.Muted, "end"));
        for (int i = 0; i < line.Series.Count; i++)
            DrawSeries(svg, line.Series[i], x, y, Legend.Color(theme, i), Legend.Dash(theme, i));
    }

    private static void DrawSeries(SvgWriter svg, LineSeries series, Scale x, Scale y, string color, string dash)
    {
        bool dots = series.Y.Count <= DotsUpTo;
        var run = new List<PlotPoint>();
        foreach (PlotPoint point in InOrder(series))
        {
            if (Scale.CanShow(point.Y) && Scale.CanShow(point.X))
            {
                run.Add(new PlotPoint(x.ToPixel(point.X), y.ToPixel(point.Y)));
                continue;
            }

            DrawRun(svg, run, color, dash, dots);
            run.Clear();
        }

        DrawRun(svg, run, color, dash, dots);
    }

    private static void DrawRun(SvgWriter svg, List<PlotPoint> run, string color, string dash, bool dots)
    {
        if (run.Count > 1)
            svg.Path([.. SeriesReduction.MinMax(run, PointsKept)], color, 2, dash);
        if (dots || run.Count == 1)
        {
            foreach (PlotPoint point in run)
                svg.Circle(point.X, point.Y, run.Count == 1 ? 3.5 : 2.5, color);
        }
    }

    private static PlotPoint[] InOrder(LineSeries series)
    {
        var points = new PlotPoint[series.X.Count];
        bool sorted = true;
        for (int i = 0; i < points.Length; i++)
        {
            points[i] = new PlotPoint(series.X[i], series.Y[i]);
            sorted &= i == 0 || points[i].X >= points[i - 1].X;
        }

        // Array.Sort would reorder points of one step; OrderBy keeps them.
        return sorted ? points : [.. points.Where(point => double.IsFinite(point.X)).OrderBy(point => point.X)];
    }

    private static LineChartData Cast(ChartData data) => data as LineChartData ?? throw new ArgumentException($"a line chart cannot draw '{data.Kind}' data");

    /// <summary>What one line's alternative text needs.</summary>
    private sealed class SeriesSummary
    {
        private readonly string _name;
        private readonly double _first;
        private readonly double _last;
        private readonly double _lowest = double.PositiveInfinity;
        private readonly double _lowestAt;
        private readonly double _highest = double.NegativeInfinity;
        private readonly double _highestAt;

        public SeriesSummary(LineSeries series)
        {
            _name = series.Name;
            foreach (PlotPoint point in InOrder(series))
            {
                if (!double.IsFinite(point.Y) || !double.IsFinite(point.X))
                    continue;
                _first = Count++ == 0 ? point.Y : _first;
                _last = point.Y;
                if (point.Y < _lowest)
                    (_lowest, _lowestAt) = (point.Y, point.X);
                if (point.Y > _highest)
                    (_highest, _highestAt) = (point.Y, point.X);
            }
        }

        public int Count { get; }

        public string Sentence(string xName) => Count == 1
            ? $"{_name} {FiveDigits.Format(_last)} at {xName} {FiveDigits.Format(_lowestAt)}"
            : $"{_name} from {FiveDigits.Format(_first)} to {FiveDigits.Format(_last)} in {Count} points (lowest {FiveDigits.Format(_lowest)} at {FiveDigits.Format(_lowestAt)}, highest {FiveDigits.Format(_highest)} at {FiveDigits.Format(_highestAt)})";
    }

    /// <summary>The finite range of all series; null when there is none.</summary>
    private sealed record Extent(double LowX, double HighX, double LowY, double HighY, bool WholeX, int Infinite)
    {
        public static Extent? Of(IReadOnlyList<LineSeries> all)
        {
            double lowX = double.PositiveInfinity, highX = double.NegativeInfinity, lowY = lowX, highY = highX;
            bool whole = true;
            int infinite = 0;
            foreach (LineSeries series in all)
            {
                for (int i = 0; i < series.Y.Count; i++)
                {
                    double x = series.X[i], y = series.Y[i];
                    infinite += Math.Abs(y) > Scale.Bound ? 1 : 0;
                    if (!Scale.CanShow(x) || !Scale.CanShow(y))
                        continue;
                    (lowX, highX) = (Math.Min(lowX, x), Math.Max(highX, x));
                    (lowY, highY) = (Math.Min(lowY, y), Math.Max(highY, y));
                    whole &= Math.Floor(x) == x;
                }
            }

            return lowX > highX ? null : new Extent(lowX, highX, lowY, highY, whole, infinite);
        }
    }
}
