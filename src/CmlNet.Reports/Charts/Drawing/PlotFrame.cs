namespace CmlNet.Reports.Charts.Drawing;

/// <summary>Axes, grid, tick labels and axis names around a plot area.</summary>
internal static class PlotFrame
{
    public const double TickSize = 11;
    public const double NameSize = 12;
    public const double TitleSize = 14;
    private const double EdgeRoom = 22;

    public static void Title(SvgWriter svg, ChartTheme theme, string title, double x, double width) =>
        svg.Text(x, 26, TextMeasure.Fit(SvgText.OneLine(title), TitleSize, width, bold: true), new TextStyle(TitleSize, theme.Text, Bold: true));

    /// <summary>Widest tick label, for the margin left of the plot.</summary>
    public static double LabelWidth(Scale scale) => scale.Ticks.Select(tick => TextMeasure.Width(scale.Label(tick), TickSize)).DefaultIfEmpty(0).Max();

    public static void Vertical(SvgWriter svg, ChartTheme theme, Scale y, double left, double right)
    {
        foreach (double tick in y.Ticks)
        {
            double at = y.ToPixel(tick);
            svg.Line(left, at, right, at, theme.Grid);
            svg.Text(left - 8, at + 4, y.Label(tick), new TextStyle(TickSize, theme.Muted, "end"));
        }
    }

    public static void Horizontal(SvgWriter svg, ChartTheme theme, Scale x, double bottom)
    {
        svg.Line(x.From, bottom, x.To, bottom, theme.Axis);
        double free = double.NegativeInfinity;
        foreach (double tick in x.Ticks)
        {
            double at = x.ToPixel(tick);
            svg.Line(at, bottom, at, bottom + 4, theme.Axis);
            string label = x.Label(tick);
            double half = TextMeasure.Width(label, TickSize) / 2;
            double center = Math.Min(at, x.To + EdgeRoom - half); // the last label may be wider than the margin
            if (center - half < free + 6)
                continue;
            svg.Text(center, bottom + 17, label, new TextStyle(TickSize, theme.Muted, "middle"));
            free = center + half;
        }
    }

    public static void Message(SvgWriter svg, ChartTheme theme, string message, double x, double y) =>
        svg.Text(x, y, message, new TextStyle(13, theme.Muted, "middle"));
}
