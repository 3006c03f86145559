using CmlNet.Reports.Charts.Drawing;
using CmlNet.Reports.Numbers;

namespace CmlNet.Reports.Charts.Heatmap;

/// <summary>Cells shaded by value, with the number in them where there is room; blue and orange around 0 where values have both signs.</summary>
internal sealed class HeatmapChart : IChart
{
    private const int MostSide = 60;
    private const int TippedUpTo = 1000;

    public string Name => HeatmapChartData.KindName;

    public string Describe(ChartData data)
    {
        HeatmapChartData map = Cast(data);
        var finite = Enumerable.Range(0, map.Values.Count).Where(i => double.IsFinite(map.Values[i])).ToList();
        if (finite.Count == 0)
            return $"Heat map {map.Title}: no data.";
        int low = finite.MinBy(i => map.Values[i]), high = finite.MaxBy(i => map.Values[i]);
        return $"Heat map {map.Title} of {map.ValueName}, {map.Rows.Count} rows ({map.RowName}) by {map.Columns.Count} columns ({map.ColumnName}): lowest {Cell(map, low)}, highest {Cell(map, high)}.";
    }

    public string Render(ChartData data, ChartTheme theme)
    {
        HeatmapChartData whole = Cast(data);
        HeatmapChartData map = HeatmapReduction.Reduce(whole, MostSide);
        string caption = ReferenceEquals(map, whole) ? whole.ValueName : $"{whole.ValueName}; each cell is the mean of up to {HeatmapReduction.Block(whole.Rows.Count, MostSide)} x {HeatmapReduction.Block(whole.Columns.Count, MostSide)} of {whole.Rows.Count} x {whole.Columns.Count}";
        caption = TextMeasure.Fit(SvgText.OneLine(caption), PlotFrame.TickSize, 640);
        var finite = map.Values.Where(Scale.CanShow).ToList();
        double low = finite.DefaultIfEmpty(0).Min(), high = finite.DefaultIfEmpty(0).Max();
        bool diverges = low < 0 && high > 0;
        if (diverges)
            (low, high) = (-Math.Max(-low, high), Math.Max(-low, high));
        string lowText = FiveDigits.Format(low), highText = FiveDigits.Format(high);
        double key = Math.Max(44, Math.Max(TextMeasure.Width(lowText, PlotFrame.TickSize), TextMeasure.Width(highText, PlotFrame.TickSize)) + 12);
        var layout = new MatrixLayout(map.Rows, map.Columns, caption, key);
        var svg = new SvgWriter(layout.Width, layout.Height, Describe(data), theme);
        PlotFrame.Title(svg, theme, map.Title, 16, layout.Width - 32);
        svg.Text(16, 44, caption, new TextStyle(PlotFrame.TickSize, theme.Muted));
        if (finite.Count == 0)
        {
            PlotFrame.Message(svg, theme, "no finite values to draw", layout.Width / 2, MatrixLayout.Top + 40);
            return svg.Close();
        }

        int digits = Digits(map, layout.Cell - layout.Gap);
        ColorMap colors = diverges ? theme.Diverging : theme.Sequential;
        for (int i = 0; i < map.Values.Count; i++)
            DrawCell(svg, theme, map, layout, i, high > low ? colors.At((map.Values[i] - low) / (high - low)) : colors.At(0.5), digits);
        layout.DrawLabels(svg, theme, map.RowName, map.ColumnName);
        layout.DrawKey(svg, theme, colors, highText, lowText);
        return svg.Close();
    }

    private static void DrawCell(SvgWriter svg, ChartTheme theme, HeatmapChartData map, MatrixLayout layout, int index, Rgb color, int digits)
    {
        double value = map.Values[index], side = layout.Cell - layout.Gap;
        (double x, double y) = layout.At(index / map.Columns.Count, index % map.Columns.Count);
        bool shown = Scale.CanShow(value);
        Rgb fill = shown ? color : Rgb.Parse(theme.Empty);
        svg.Rect(x, y, side, side, fill.ToString(), layout.Cell > 30 ? 3 : 0, tip: double.IsNaN(value) || map.Values.Count > TippedUpTo ? "" : Cell(map, index));
        string text = digits > 0 && !double.IsNaN(value) ? FiveDigits.Format(value, digits) : "";
        double size = Math.Min(12, side * 0.42), width = Math.Max(1, TextMeasure.Width(text, size));
        if (text.Length > 0)
            svg.Text(x + side / 2, y + side / 2 + size * 0.36, text, new TextStyle(Math.Min(size, size * (side - 3) / width), shown ? ColorMap.LabelOn(fill).ToString() : theme.Muted, "middle"));
    }

    // As many digits as the longest value has room for, the same in every cell; 0 writes none.
    private static int Digits(HeatmapChartData map, double side)
    {
        double size = Math.Min(12, side * 0.42);
        for (int digits = 5; digits >= 2 && side >= 18; digits--)
        {
            if (map.Values.Where(Scale.CanShow).All(value => TextMeasure.Width(FiveDigits.Format(value, digits), size) * Math.Min(1, 8 / size) <= side - 3))
                return digits;
        }

        return 0;
    }

    private static string Cell(HeatmapChartData map, int index) =>
        $"{FiveDigits.Format(map.Values[index])} at {SvgText.OneLine(map.Rows[index / map.Columns.Count])}, {SvgText.OneLine(map.Columns[index % map.Columns.Count])}";

    private static HeatmapChartData Cast(ChartData data) => data as HeatmapChartData ?? throw new ArgumentException($"a heat map cannot draw '{data.Kind}' data");
}
