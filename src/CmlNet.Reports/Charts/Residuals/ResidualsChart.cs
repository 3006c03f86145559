using CmlNet.Reports.Charts.Drawing;
using CmlNet.Reports.Numbers;

namespace CmlNet.Reports.Charts.Residuals;

/// <summary>Actual less predicted over predicted, with the line of no error.</summary>
internal sealed class ResidualsChart : IChart
{
    public string Name => ResidualsChartData.KindName;

    public string Describe(ChartData data)
    {
        ResidualsChartData residuals = Cast(data);
        double[] left = [.. Differences(residuals).Where(double.IsFinite)];
        if (left.Length == 0)
            return $"Residual plot {residuals.Title}: no data.";
        double mean = left.Average(), root = Math.Sqrt(left.Average(value => value * value));
        return $"Residual plot {residuals.Title} of {left.Length} cases: mean {FiveDigits.Format(mean)}, root mean square {FiveDigits.Format(root)}, from {FiveDigits.Format(left.Min())} to {FiveDigits.Format(left.Max())}.";
    }

    public string Render(ChartData data, ChartTheme theme)
    {
        ResidualsChartData residuals = Cast(data);
        double[] left = Differences(residuals);
        AxisExtent x = new(), y = new();
        int shown = 0;
        for (int i = 0; i < left.Length; i++)
        {
            if (!x.CanShow(residuals.Predicted[i]) || !y.CanShow(left[i]))
                continue;
            shown++;
            x.Add(residuals.Predicted[i]);
            y.Add(left[i]);
        }

        string hidden = shown < left.Length ? $"{left.Length - shown} that are not finite not drawn" : "";
        string note = string.Join("; ", new[] { PointCloud.Note(shown, 1), hidden }.Where(part => part.Length > 0));
        var text = new AxisPlotText(residuals.Title, Describe(residuals), note);
        if (shown == 0)
            return AxisPlot.Empty(theme, text, "no finite values to draw");
        y.Add(0);
        var plot = new AxisPlot(theme, text, [], (x.ToRange("predicted"), y.ToRange("actual − predicted", isRounded: true)));
        plot.Svg.Line(plot.Left, plot.Y.ToPixel(0), AxisPlot.Right, plot.Y.ToPixel(0), theme.Axis, 1.5);
        new PointCloud(plot, shown, 1).Draw("case", 0, residuals.Predicted, left, (x, y));
        return plot.Close();
    }

    private static double[] Differences(ResidualsChartData residuals)
    {
        var left = new double[residuals.Actual.Count];
        for (int i = 0; i < left.Length; i++)
            left[i] = residuals.Actual[i] - residuals.Predicted[i];
        return left;
    }

    private static ResidualsChartData Cast(ChartData data) => data as ResidualsChartData ?? throw new ArgumentException($"a residual chart cannot draw '{data.Kind}' data");
}
