namespace CmlNet.Reports.Charts.Drawing;

/// <summary>Names of the series in rows above the plot, where they cannot cover data. Dash pattern and marker tell series apart without colour.</summary>
internal sealed class Legend
{
    private const double Swatch = 22;
    private const double Gap = 18;
    private const double RowHeight = 18;
    private const double Size = 12;
    private static readonly string[] Dashes = ["", "6 4", "2 3", "8 3 2 3"];

    private readonly List<(string Name, double X, double Y)> _entries = [];

    public Legend(IReadOnlyList<string> names, double left, double right)
    {
        double x = left, y = 0;
        foreach (string full in names)
        {
            string name = TextMeasure.Fit(SvgText.OneLine(full), Size, Math.Min(260, right - left - Swatch));
            double width = Swatch + TextMeasure.Width(name, Size);
            if (x > left && x + width > right)
                (x, y) = (left, y + RowHeight);
            _entries.Add((name, x, y));
            x += width + Gap;
        }

        Height = names.Count == 0 ? 0 : y + RowHeight;
    }

    public double Height { get; }

    public static string Color(ChartTheme theme, int series) => theme.Series[series % theme.Series.Count];

    public static string Dash(ChartTheme theme, int series) => Dashes[series / theme.Series.Count % Dashes.Length];

    public void Draw(SvgWriter svg, ChartTheme theme, double top)
    {
        for (int i = 0; i < _entries.Count; i++)
        {
            (string name, double x, double y) = _entries[i];
            double middle = top + y + RowHeight / 2;
            svg.Line(x, middle, x + Swatch - 6, middle, Color(theme, i), 2.5, Dash(theme, i));
            svg.Text(x + Swatch, middle + 4, name, new TextStyle(Size, theme.Text));
        }
    }
}
