using CmlNet.Reports.Charts.Drawing;
using CmlNet.Reports.Numbers;

namespace CmlNet.Reports.Charts.Box;

/// <summary>Lying boxes, so that long names stay readable.</summary>
internal sealed class BoxChart : IChart
{
    private const int MostBoxes = 30;
    private const int DescribedBoxes = 5;

    public string Name => BoxChartData.KindName;

    public string Describe(ChartData data)
    {
        BoxChartData chart = Cast(data);
        var drawn = chart.Boxes.Where(box => box.Count > 0).ToList();
        if (drawn.Count == 0)
            return $"Box plot {chart.Title}: no data.";
        IEnumerable<string> parts = drawn.Take(DescribedBoxes).Select(box =>
            $"{box.Name} median {FiveDigits.Format(box.Median)}, half of {box.Count} from {FiveDigits.Format(box.LowerQuartile)} to {FiveDigits.Format(box.UpperQuartile)}, {box.Outliers.Count} outside the whiskers");
        return $"Box plot {chart.Title} of {chart.ValueName}: {string.Join("; ", parts)}{(drawn.Count > DescribedBoxes ? $"; and {drawn.Count - DescribedBoxes} more" : "")}.";
    }

    public string Render(ChartData data, ChartTheme theme)
    {
        BoxChartData chart = Cast(data);
        var boxes = chart.Boxes.Take(MostBoxes).ToList();
        var x = new AxisExtent(chart.IsLog);
        foreach (double value in boxes.Where(box => box.Count > 0).SelectMany(box => box.Outliers.Append(box.LowWhisker).Append(box.HighWhisker)).Where(x.CanShow))
            x.Add(value);
        var text = new AxisPlotText(chart.Title, Describe(chart), chart.Boxes.Count > boxes.Count ? $"the first {boxes.Count} of {chart.Boxes.Count} boxes" : "");
        if (x.IsEmpty)
            return AxisPlot.Empty(theme, text, "no finite values to draw");
        var rows = new AxisRange { Categories = [.. boxes.Select(box => box.Name)] };
        var plot = new AxisPlot(theme, text, [], (x.ToRange(chart.ValueName), rows), Math.Max(90, boxes.Count * 34));
        foreach (double tick in plot.X.Ticks)
            plot.Svg.Line(plot.X.ToPixel(tick), plot.Top, plot.X.ToPixel(tick), plot.Bottom, theme.Grid);
        for (int i = 0; i < boxes.Count; i++)
            Draw(plot, boxes[i], plot.Y.ToPixel(i), x);
        return plot.Close();
    }

    private static void Draw(AxisPlot plot, BoxSummary box, double middle, AxisExtent extent)
    {
        if (box.Count == 0 || !extent.CanShow(box.LowWhisker))
        {
            plot.Svg.Text(plot.X.From + 4, middle + 4, box.Count == 0 ? "no values" : "reaches below 0, where this axis ends", new TextStyle(PlotFrame.TickSize, plot.Theme.Muted));
            return;
        }

        const double half = 9;
        string color = Legend.Color(plot.Theme, 0);
        double low = plot.X.ToPixel(box.LowWhisker), high = plot.X.ToPixel(box.HighWhisker), left = plot.X.ToPixel(box.LowerQuartile), right = plot.X.ToPixel(box.UpperQuartile), median = plot.X.ToPixel(box.Median);
        plot.Svg.Line(low, middle, high, middle, color, 1.5);
        plot.Svg.Line(low, middle - 5, low, middle + 5, color, 1.5);
        plot.Svg.Line(high, middle - 5, high, middle + 5, color, 1.5);
        string tip = $"{SvgText.OneLine(box.Name)}: median {FiveDigits.Format(box.Median)}, quartiles {FiveDigits.Format(box.LowerQuartile)} and {FiveDigits.Format(box.UpperQuartile)}, whiskers {FiveDigits.Format(box.LowWhisker)} and {FiveDigits.Format(box.HighWhisker)}, n {box.Count}";
        plot.Svg.Rect(right - left < 3 ? median - 1.5 : left, middle - half, Math.Max(right - left, 3), half * 2, color, 2, tip: tip);
        if (right - left >= 6) // else the box is no wider than this line
            plot.Svg.Line(median, middle - half, median, middle + half, plot.Theme.Background, 2.5);
        double last = double.NegativeInfinity;
        foreach (double outlier in box.Outliers.Where(extent.CanShow))
        {
            double at = plot.X.ToPixel(outlier);
            if (at - last < 1)
                continue; // one dot for all that fall on one pixel
            plot.Svg.Circle(at, middle, 2.5, color, 0.7);
            last = at;
        }
    }

    private static BoxChartData Cast(ChartData data) => data as BoxChartData ?? throw new ArgumentException($"a box plot cannot draw '{data.Kind}' data");
}
