namespace CmlNet.Reports.Charts.Drawing;

/// <summary>The page of a chart with two axes: title, legend above the data, axes with their names, and between them the plot.</summary>
internal sealed class AxisPlot
{
    private const double Width = 720;
    public const double Right = 700;
    private const double Inset = 6;
    private const double LargestColumnLabel = 130;
    private const double LargestRowLabel = 220;
    private const double LeastBand = 13;

    private readonly bool _slanted;

    public AxisPlot(ChartTheme theme, AxisPlotText text, IReadOnlyList<LegendEntry> entries, (AxisRange X, AxisRange Y) axes, double height = 290)
    {
        var legend = new Legend(entries, 16, Right);
        Theme = theme;
        Top = 44 + legend.Height;
        Bottom = Top + height;
        Y = axes.Y.Categories is null ? axes.Y.ToScale(Bottom, Top, 6) : axes.Y.ToScale(Top, Bottom, 6);
        IReadOnlyList<string>? rows = Fit(axes.Y.Categories, LargestRowLabel), columns = Fit(axes.X.Categories, LargestColumnLabel);
        double labels = rows?.Select(Measure).DefaultIfEmpty(0).Max() ?? PlotFrame.LabelWidth(Y);
        Left = Math.Max(48, labels + 24) + (axes.Y.Name.Length > 0 ? 18 : 0);
        double widest = columns?.Select(Measure).DefaultIfEmpty(0).Max() ?? 0;
        _slanted = columns is { Count: > 0 } && widest > (Right - Left) / columns.Count - 8;
        Left = _slanted ? Math.Max(Left, Math.Min(widest, LargestColumnLabel) * 0.71 + 20) : Left;
        X = axes.X.ToScale(Left + Inset, Right - Inset, 10);
        double below = _slanted ? widest * 0.71 + 14 : 18;
        Svg = new SvgWriter(Width, Bottom + below + 28 + (text.Note.Length > 0 ? 18 : 0), text.Description, theme);
        PlotFrame.Title(Svg, theme, text.Title, 16, Right - 16);
        legend.Draw(Svg, theme, 36);
        DrawY(rows);
        DrawX(columns);
        var name = new TextStyle(PlotFrame.NameSize, theme.Muted, "middle");
        Svg.Text((Left + Right) / 2, Bottom + below + 18, TextMeasure.Fit(SvgText.OneLine(axes.X.Name), PlotFrame.NameSize, 400), name);
        if (axes.Y.Name.Length > 0)
            Svg.Text(22, (Top + Bottom) / 2, TextMeasure.Fit(SvgText.OneLine(axes.Y.Name), PlotFrame.NameSize, height), name with { Rotation = -90 });
        if (text.Note.Length > 0)
            Svg.Text(Right, Bottom + below + 36, text.Note, new TextStyle(PlotFrame.TickSize, theme.Muted, "end"));
        Svg.BeginPlot(X, Y);
    }

    public SvgWriter Svg { get; }

    public ChartTheme Theme { get; }

    public Scale X { get; }

    public Scale Y { get; }

    public double Left { get; }

    public double Top { get; }

    public double Bottom { get; }

    /// <summary>A picture of the same size with a sentence where the plot would be.</summary>
    public static string Empty(ChartTheme theme, AxisPlotText text, string message)
    {
        var svg = new SvgWriter(Width, 380, text.Description, theme);
        PlotFrame.Title(svg, theme, text.Title, 16, Right - 16);
        PlotFrame.Message(svg, theme, message, Width / 2, 189);
        return svg.Close();
    }

    public PlotPoint ToPixel(double x, double y) => new(X.ToPixel(x), Y.ToPixel(y));

    public string Close()
    {
        Svg.End();
        return Svg.Close();
    }

    private static IReadOnlyList<string>? Fit(IReadOnlyList<string>? labels, double width) =>
        labels is null ? null : [.. labels.Select(label => TextMeasure.Fit(SvgText.OneLine(label), PlotFrame.TickSize, width))];

    private static double Measure(string label) => TextMeasure.Width(label, PlotFrame.TickSize);

    private void DrawY(IReadOnlyList<string>? rows)
    {
        if (rows is null)
        {
            PlotFrame.Vertical(Svg, Theme, Y, Left, Right);
            return;
        }

        Svg.Line(Left, Top, Left, Bottom, Theme.Axis);
        int every = Every(rows.Count, Bottom - Top);
        for (int i = 0; i < rows.Count; i += every)
            Svg.Text(Left - 8, Y.ToPixel(i) + 4, rows[i], new TextStyle(PlotFrame.TickSize, Theme.Text, "end"));
    }

    private void DrawX(IReadOnlyList<string>? columns)
    {
        if (columns is null)
        {
            PlotFrame.Horizontal(Svg, Theme, X, Bottom);
            return;
        }

        Svg.Line(X.From, Bottom, X.To, Bottom, Theme.Axis);
        int every = Every(columns.Count, X.To - X.From);
        for (int i = 0; i < columns.Count; i += every)
        {
            double at = X.ToPixel(i);
            if (_slanted)
                Svg.Text(at + 4, Bottom + 13, columns[i], new TextStyle(PlotFrame.TickSize, Theme.Text, "end", Rotation: -45));
            else
                Svg.Text(at, Bottom + 17, columns[i], new TextStyle(PlotFrame.TickSize, Theme.Text, "middle"));
        }
    }

    // With more categories than lines of text, every second, third, … is named.
    private static int Every(int count, double room) => Math.Max(1, (int)Math.Ceiling(count * LeastBand / room));
}
