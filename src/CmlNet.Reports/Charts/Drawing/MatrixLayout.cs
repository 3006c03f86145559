namespace CmlNet.Reports.Charts.Drawing;

/// <summary>Where the parts of a matrix picture go, from the measured labels: square cells, row names left, column names below (slanted where they are long), a colour key right.</summary>
internal sealed class MatrixLayout
{
    public const double LabelSize = 11;
    public const double Top = 62;
    private const double LargestRowLabel = 180;
    private const double LargestColumnLabel = 150;

    public MatrixLayout(IReadOnlyList<string> rows, IReadOnlyList<string> columns, string caption, double key = 44)
    {
        RowCount = Math.Max(rows.Count, 1);
        ColumnCount = Math.Max(columns.Count, 1);
        double most = Math.Max(RowCount, ColumnCount);
        Cell = most > 26 ? Math.Max(8, Math.Min(21, Math.Floor(640 / most))) : Math.Clamp(Math.Floor(560 / most), 21, 84);
        Rows = [.. rows.Select(label => TextMeasure.Fit(SvgText.OneLine(label), LabelSize, LargestRowLabel))];
        Columns = [.. columns.Select(label => TextMeasure.Fit(SvgText.OneLine(label), LabelSize, LargestColumnLabel))];
        NamedEvery = Math.Max(1, (int)Math.Ceiling(13 / Cell));
        double row = Rows.Select(Measure).DefaultIfEmpty(0).Max(), column = Columns.Select(Measure).DefaultIfEmpty(0).Max();
        Slanted = column > Cell - 8;
        double overhang = Slanted ? Columns.Select((label, i) => Measure(label) * 0.71 - (i + 0.5) * Cell).DefaultIfEmpty(0).Max() + 14 : 0;
        Left = Math.Max(34 + row + 8, overhang);
        Height = Top + PlotHeight + (Slanted ? column * 0.71 + 18 : 22) + 30;
        Width = Math.Max(Left + PlotWidth + 18 + 20 + key, TextMeasure.Width(caption, PlotFrame.TickSize) + 36);
    }

    public double Cell { get; }

    public int RowCount { get; }

    public int ColumnCount { get; }

    public double PlotWidth => ColumnCount * Cell;

    public double PlotHeight => RowCount * Cell;

    public double Left { get; }

    public double Width { get; }

    public double Height { get; }

    public bool Slanted { get; }

    /// <summary>1, or more where there is no room for every name.</summary>
    public int NamedEvery { get; }

    public double Gap => Cell > 30 ? 2 : Cell > 12 ? 1 : 0;

    private IReadOnlyList<string> Rows { get; }

    private IReadOnlyList<string> Columns { get; }

    public (double X, double Y) At(int row, int column) => (Left + column * Cell, Top + row * Cell);

    public void DrawLabels(SvgWriter svg, ChartTheme theme, string rowName, string columnName)
    {
        double bottom = Top + PlotHeight;
        for (int i = 0; i < Rows.Count; i += NamedEvery)
            svg.Text(Left - 8, Top + Cell * (i + 0.5) + 4, Rows[i], new TextStyle(LabelSize, theme.Text, "end"));
        for (int i = 0; i < Columns.Count; i += NamedEvery)
        {
            double middle = Cell * (i + 0.5);
            if (Slanted)
                svg.Text(Left + middle + 4, bottom + 13, Columns[i], new TextStyle(LabelSize, theme.Text, "end", Rotation: -45));
            else
                svg.Text(Left + middle, bottom + 16, Columns[i], new TextStyle(LabelSize, theme.Text, "middle"));
        }

        var name = new TextStyle(PlotFrame.NameSize, theme.Muted, "middle");
        svg.Text(Left + PlotWidth / 2, Height - 12, TextMeasure.Fit(SvgText.OneLine(columnName), PlotFrame.NameSize, Math.Max(PlotWidth, 120)), name);
        svg.Text(20, Top + PlotHeight / 2, TextMeasure.Fit(SvgText.OneLine(rowName), PlotFrame.NameSize, Math.Max(PlotHeight, 60)), name with { Rotation = -90 });
    }

    public void DrawKey(SvgWriter svg, ChartTheme theme, ColorMap colors, string high, string low)
    {
        double height = Math.Min(PlotHeight, 180), x = Left + PlotWidth + 18;
        const int steps = 30;
        for (int i = 0; i < steps; i++)
            svg.Rect(x, Top + height * i / steps, 14, height / steps + (i == steps - 1 ? 0 : 0.5), colors.At(1 - i / (steps - 1.0)).ToString());
        var label = new TextStyle(PlotFrame.TickSize, theme.Muted);
        svg.Text(x + 20, Top + 9, high, label);
        svg.Text(x + 20, Top + height, low, label);
    }

    private static double Measure(string label) => TextMeasure.Width(label, LabelSize);
}
