namespace CmlNet.Reports.Charts.Drawing;

/// <summary>Names of the series in rows above the plot, where they cannot cover data. Dash pattern and marker tell series apart without colour.</summary>
internal sealed class Legend
{
    private const double Swatch = 22;
    private const double Gap = 18;
    private const double RowHeight = 18;
    private const double Size = 12;
    private const string Baseline = "5 4";
    private static readonly string[] Dashes = ["", "6 4", "2 3", "8 3 2 3"];

    private readonly List<(LegendEntry Entry, string Name, double X, double Y)> _entries = [];

    public Legend(IReadOnlyList<LegendEntry> entries, double left, double right)
    {
        double x = left, y = 0;
        foreach (LegendEntry entry in entries)
        {
            string name = TextMeasure.Fit(SvgText.OneLine(entry.Name), Size, Math.Min(260, right - left - Swatch));
            double width = Swatch + TextMeasure.Width(name, Size);
            if (x > left && x + width > right)
                (x, y) = (left, y + RowHeight);
            _entries.Add((entry, name, x, y));
            x += width + Gap;
        }

        Height = entries.Count == 0 ? 0 : y + RowHeight;
    }

    public double Height { get; }

    public static string Color(ChartTheme theme, int series) => theme.Series[series % theme.Series.Count];

    public static string Dash(ChartTheme theme, int series, bool isDashed = false) =>
        isDashed ? Baseline : Dashes[series / theme.Series.Count % Dashes.Length];

    public void Draw(SvgWriter svg, ChartTheme theme, double top)
    {
        foreach ((LegendEntry entry, string name, double x, double y) in _entries)
        {
            double middle = top + y + RowHeight / 2;
            string color = Color(theme, entry.Color);
            switch (entry.Mark)
            {
                case LegendMark.Dot: Marker.Draw(svg, entry.Color, x + 8, middle, 4.5, color); break;
                case LegendMark.Block: svg.Rect(x, middle - 6, 14, 12, color, 2); break;
                default: svg.Line(x, middle, x + Swatch - 6, middle, color, 2.5, Dash(theme, entry.Color, entry.IsDashed)); break;
            }

            svg.Text(x + Swatch, middle + 4, name, new TextStyle(Size, theme.Text));
        }
    }
}
