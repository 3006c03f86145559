using CmlNet.Reports.Charts.Drawing;
using CmlNet.Reports.Numbers;

namespace CmlNet.Reports.Charts.Rates;

/// <summary>Observed share by predicted probability, with the diagonal of a model that is always right about itself, and under it how many cases each point stands for.</summary>
internal sealed class CalibrationChart : IChart
{
    private const double Strip = 70;

    public string Name => CalibrationChartData.KindName;

    public string Describe(ChartData data) => RatePlot.Describe("Reliability diagram", Cast(data).Title, Cast(data).Curves, "expected calibration error");

    public string Render(ChartData data, ChartTheme theme)
    {
        CalibrationChartData calibration = Cast(data);
        var counted = calibration.Curves.Where(curve => curve.Counts.Count > 0 && curve.Counts.Count == curve.X.Count).ToList();
        double most = counted.SelectMany(curve => curve.Counts).DefaultIfEmpty(0).Max();
        var plot = new RatePlot(theme, calibration.Title, Describe(data), ("mean predicted probability", "observed share"), RatePlot.Entries(calibration.Curves, "ECE"), most > 0 ? Strip : 0);
        plot.Reference(0, 1);
        for (int i = 0; i < calibration.Curves.Count; i++)
            plot.Curve(calibration.Curves[i], i, steps: false, dots: true);
        if (most > 0)
            DrawCounts(plot, theme, calibration.Curves, counted, most);
        return plot.Close(calibration.Curves.Any(RatePlot.HasPoints) ? "" : "no curve to draw");
    }

    private static void DrawCounts(RatePlot plot, ChartTheme theme, IReadOnlyList<RateCurve> all, List<RateCurve> counted, double most)
    {
        double floor = plot.Bottom + 46 + Strip - 10, room = Strip - 24;
        foreach ((int place, RateCurve curve) in counted.Index())
        {
            int color = all.Index().First(entry => ReferenceEquals(entry.Item, curve)).Index;
            for (int i = 0; i < curve.Counts.Count; i++)
            {
                double height = curve.Counts[i] / most * room, width = Math.Max(2, 12.0 / counted.Count);
                double left = plot.X.ToPixel(Math.Clamp(curve.X[i], 0, 1)) - 6 + place * width;
                if (curve.Counts[i] > 0)
                    plot.Svg.Rect(left, floor - height, width, height, Legend.Color(theme, color), opacity: 0.75, tip: $"{curve.Name} at {FiveDigits.Format(curve.X[i])}: {curve.Counts[i]} cases");
            }
        }

        plot.Svg.Line(plot.X.From, floor, plot.X.To, floor, theme.Axis);
        plot.Svg.Text(plot.X.From - 8, floor, "0", new TextStyle(PlotFrame.TickSize, theme.Muted, "end"));
        plot.Svg.Text(plot.X.From - 8, floor - room + 8, FiveDigits.Format(most), new TextStyle(PlotFrame.TickSize, theme.Muted, "end"));
        plot.Svg.Text(20, floor - room / 2, "cases", new TextStyle(PlotFrame.TickSize, theme.Muted, "middle", Rotation: -90));
    }

    private static CalibrationChartData Cast(ChartData data) => data as CalibrationChartData ?? throw new ArgumentException($"a calibration chart cannot draw '{data.Kind}' data");
}
