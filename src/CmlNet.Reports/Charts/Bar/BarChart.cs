using CmlNet.Reports.Charts.Drawing;
using CmlNet.Reports.Numbers;

namespace CmlNet.Reports.Charts.Bar;

/// <summary>Horizontal bars: long labels stay readable, and the value stands at the end of its bar.</summary>
internal sealed class BarChart : IChart
{
    private const double Width = 720;
    private const double Pitch = 24;
    private const double Thickness = 16;
    private const double LabelSize = 12;
    private const double LargestLabel = 330;
    private const int MostBars = 40;
    private const int DescribedBars = 5;

    public string Name => BarChartData.KindName;

    public string Describe(ChartData data)
    {
        BarChartData bar = Cast(data);
        if (bar.Bars.Count == 0)
            return $"Bar chart {bar.Title}: {bar.EmptyMessage}.";
        string bars = string.Join("; ", bar.Bars.Take(DescribedBars).Select(b => $"{b.Label} {FiveDigits.Format(b.Value)}"));
        string more = bar.Bars.Count > DescribedBars ? $"; and {bar.Bars.Count - DescribedBars} more" : "";
        return $"Bar chart {bar.Title} ({bar.ValueName}): {bars}{more}.";
    }

    public string Render(ChartData data, ChartTheme theme)
    {
        BarChartData bar = Cast(data);
        var bars = bar.Bars.Take(MostBars).ToList();
        var legend = new Legend([.. bar.SeriesNames.Select((name, i) => new LegendEntry(name, i, LegendMark.Block))], 16, Width - 16);
        double top = 44 + legend.Height, bottom = top + Math.Max(bars.Count, 2) * Pitch;
        var svg = new SvgWriter(Width, bottom + 46, Describe(data), theme);
        PlotFrame.Title(svg, theme, bar.Title, 16, Width - 32);
        legend.Draw(svg, theme, 36);
        if (bars.Count == 0)
            PlotFrame.Message(svg, theme, bar.EmptyMessage, Width / 2, bottom - 12);
        else
            Plot(svg, theme, bar, bars, (top, bottom));
        return svg.Close();
    }

    private static void Plot(SvgWriter svg, ChartTheme theme, BarChartData bar, List<ChartBar> bars, (double Top, double Bottom) at)
    {
        double bottom = at.Bottom;
        var labels = bars.ConvertAll(b => TextMeasure.Fit(SvgText.OneLine(b.Label), LabelSize, LargestLabel));
        var values = bars.ConvertAll(b => FiveDigits.Format(b.Value));
        var finite = bars.Select(b => b.Value).Where(double.IsFinite).ToList();
        double valueRoom = values.Max(v => TextMeasure.Width(v, PlotFrame.TickSize)) + 12;
        double left = 16 + labels.Max(l => TextMeasure.Width(l, LabelSize)) + 12;
        double low = Math.Min(0, finite.DefaultIfEmpty(0).Min()), high = Math.Max(0, finite.DefaultIfEmpty(0).Max());
        (low, high) = low == 0 && high == 0 ? (0, 1) : (low, high);
        bool whole = finite.TrueForAll(v => Math.Floor(v) == v);
        var x = Scale.Over(low, high, left + (low < 0 ? valueRoom : 0), Width - 16 - valueRoom, 6, round: false, whole);
        foreach (double tick in x.Ticks)
            svg.Line(x.ToPixel(tick), at.Top - 4, x.ToPixel(tick), bottom, theme.Grid);
        PlotFrame.Horizontal(svg, theme, x, bottom);
        string name = bar.Bars.Count > bars.Count ? $"{bar.ValueName} (first {bars.Count} of {bar.Bars.Count})" : bar.ValueName;
        svg.Text((x.From + x.To) / 2, bottom + 36, name, new TextStyle(PlotFrame.NameSize, theme.Muted, "middle"));
        for (int i = 0; i < bars.Count; i++)
            DrawBar(svg, theme, x, at.Top + i * Pitch + (Pitch - Thickness) / 2, left, (labels[i], values[i], bars[i]));
        svg.Line(x.ToPixel(0), at.Top - 4, x.ToPixel(0), bottom, theme.Axis);
    }

    private static void DrawBar(SvgWriter svg, ChartTheme theme, Scale x, double top, double left, (string Label, string Text, ChartBar Bar) row)
    {
        ChartBar bar = row.Bar;
        double middle = top + Thickness / 2 + 4;
        svg.Text(left - 10, middle, row.Label, new TextStyle(LabelSize, theme.Text, "end"));
        double zero = x.ToPixel(0), end = double.IsFinite(bar.Value) ? x.ToPixel(bar.Value) : zero;
        svg.Rect(Math.Min(zero, end), top, Math.Abs(end - zero), Thickness, Legend.Color(theme, bar.Series), tip: $"{SvgText.OneLine(bar.Label)}: {row.Text}");
        bool negative = bar.Value < 0;
        svg.Text(end + (negative ? -6 : 6), middle, row.Text, new TextStyle(PlotFrame.TickSize, theme.Text, negative ? "end" : "start"));
    }

    private static BarChartData Cast(ChartData data) => data as BarChartData ?? throw new ArgumentException($"a bar chart cannot draw '{data.Kind}' data");
}
