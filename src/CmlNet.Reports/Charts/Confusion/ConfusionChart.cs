using System.Globalization;
using CmlNet.Reports.Charts.Drawing;
using CmlNet.Reports.Numbers;

namespace CmlNet.Reports.Charts.Confusion;

/// <summary>The matrix with counts in its cells, shaded by the share of the row: how the cases of one actual class were predicted.</summary>
internal sealed class ConfusionChart : IChart
{
    /// <summary>With more classes the cells could no longer be read; draw the largest confusions as bars instead.</summary>
    public const int MostClasses = 30;

    private const double LabelSize = 11;
    private const double LargestRowLabel = 180;
    private const double LargestColumnLabel = 150;
    private const double Top = 62;
    private const string Caption = "counts; shading is the share of each actual class (row)";

    public string Name => ConfusionChartData.KindName;

    public string Describe(ChartData data)
    {
        ConfusionChartData matrix = Cast(data);
        int n = matrix.Labels.Count;
        long total = matrix.Counts.Sum(), right = Enumerable.Range(0, n).Sum(i => matrix.Counts[i * n + i]);
        if (total == 0)
            return $"Confusion matrix {matrix.Title}: no data.";
        var worst = Enumerable.Range(0, n * n).Where(i => i / n != i % n && matrix.Counts[i] > 0).OrderByDescending(i => matrix.Counts[i]).Take(3)
            .Select(i => $"{matrix.Labels[i / n]} taken for {matrix.Labels[i % n]} ({matrix.Counts[i]})").ToList();
        string confusions = worst.Count == 0 ? "no confusions" : "largest confusions: " + string.Join(", ", worst);
        return $"Confusion matrix of {n} classes, rows actual, columns predicted: {right} of {total} right (accuracy {FiveDigits.Format((double)right / total)}); {confusions}.";
    }

    public string Render(ChartData data, ChartTheme theme)
    {
        ConfusionChartData matrix = Cast(data);
        var layout = new Layout(matrix);
        var svg = new SvgWriter(layout.Width, layout.Height, Describe(data), theme);
        PlotFrame.Title(svg, theme, matrix.Title, 16, layout.Width - 32);
        svg.Text(16, 44, Caption, new TextStyle(PlotFrame.TickSize, theme.Muted));
        if (matrix.Labels.Count == 0)
        {
            PlotFrame.Message(svg, theme, "no rows to count", layout.Width / 2, Top + 40);
            return svg.Close();
        }

        DrawCells(svg, theme, matrix, layout);
        DrawLabels(svg, theme, layout);
        DrawKey(svg, theme, layout);
        return svg.Close();
    }

    private static void DrawCells(SvgWriter svg, ChartTheme theme, ConfusionChartData matrix, Layout layout)
    {
        int n = matrix.Labels.Count;
        double gap = layout.Cell > 30 ? 2 : 1;
        for (int row = 0; row < n; row++)
        {
            long support = 0;
            for (int column = 0; column < n; column++)
                support += matrix.Counts[row * n + column];
            for (int column = 0; column < n; column++)
            {
                double x = layout.Left + column * layout.Cell, y = Top + row * layout.Cell;
                double share = support == 0 ? 0 : (double)matrix.Counts[row * n + column] / support;
                Rgb fill = support == 0 ? Rgb.Parse(theme.Empty) : theme.Sequential.At(share);
                svg.Rect(x, y, layout.Cell - gap, layout.Cell - gap, fill.ToString(), layout.Cell > 30 ? 3 : 0);
                DrawCount(svg, matrix.Counts[row * n + column], share, (x, y), layout.Cell - gap, matrix.Counts[row * n + column] == 0 ? theme.Muted : ColorMap.LabelOn(fill).ToString());
            }
        }
    }

    private static void DrawCount(SvgWriter svg, long count, double share, (double X, double Y) at, double cell, string color)
    {
        if (count == 0 && cell < 30)
            return;
        double size = Math.Min(13, cell * 0.42);
        string text = count.ToString(CultureInfo.InvariantCulture);
        if (TextMeasure.Width(text, size) > cell - 4)
            text = Compact(count);
        size = Math.Min(size, size * (cell - 4) / TextMeasure.Width(text, size));
        bool withShare = cell >= 46 && count > 0;
        svg.Text(at.X + cell / 2, at.Y + cell / 2 + size * 0.36 - (withShare ? 7 : 0), text, new TextStyle(size, color, "middle", Bold: withShare));
        if (withShare)
            svg.Text(at.X + cell / 2, at.Y + cell / 2 + 15, Percent(share), new TextStyle(10, color, "middle"));
    }

    private static void DrawLabels(SvgWriter svg, ChartTheme theme, Layout layout)
    {
        double bottom = Top + layout.Side;
        for (int i = 0; i < layout.Rows.Count; i++)
        {
            double middle = layout.Cell * (i + 0.5);
            svg.Text(layout.Left - 8, Top + middle + 4, layout.Rows[i], new TextStyle(LabelSize, theme.Text, "end"));
            if (layout.Slanted)
                svg.Text(layout.Left + middle + 4, bottom + 13, layout.Columns[i], new TextStyle(LabelSize, theme.Text, "end", Rotation: -45));
            else
                svg.Text(layout.Left + middle, bottom + 16, layout.Columns[i], new TextStyle(LabelSize, theme.Text, "middle"));
        }

        var name = new TextStyle(PlotFrame.NameSize, theme.Muted, "middle");
        svg.Text(layout.Left + layout.Side / 2, layout.Height - 12, "predicted", name);
        svg.Text(20, Top + layout.Side / 2, "actual", name with { Rotation = -90 });
    }

    private static void DrawKey(SvgWriter svg, ChartTheme theme, Layout layout)
    {
        double height = Math.Min(layout.Side, 180), x = layout.Left + layout.Side + 18;
        const int steps = 30;
        for (int i = 0; i < steps; i++)
            svg.Rect(x, Top + height * i / steps, 14, height / steps + (i == steps - 1 ? 0 : 0.5), theme.Sequential.At(1 - i / (steps - 1.0)).ToString());
        var label = new TextStyle(PlotFrame.TickSize, theme.Muted);
        svg.Text(x + 20, Top + 9, "100 %", label);
        svg.Text(x + 20, Top + height, "0 %", label);
    }

    private static string Percent(double share) => share switch
    {
        < 0.001 => "< 0.1 %",
        > 0.999 and < 1 => "> 99.9 %",
        _ => (share * 100).ToString(share is 1 ? "0" : "0.0", CultureInfo.InvariantCulture) + " %",
    };

    private static string Compact(long count) => count switch
    {
        >= 1_000_000_000 => (count / 1e9).ToString("0.#", CultureInfo.InvariantCulture) + "G",
        >= 1_000_000 => (count / 1e6).ToString("0.#", CultureInfo.InvariantCulture) + "M",
        >= 10_000 => (count / 1e3).ToString("0", CultureInfo.InvariantCulture) + "k",
        >= 1_000 => (count / 1e3).ToString("0.#", CultureInfo.InvariantCulture) + "k",
        _ => count.ToString(CultureInfo.InvariantCulture),
    };

    private static ConfusionChartData Cast(ChartData data) => data as ConfusionChartData ?? throw new ArgumentException($"a confusion chart cannot draw '{data.Kind}' data");

    /// <summary>Where things go, from the measured labels.</summary>
    private sealed class Layout
    {
        public Layout(ConfusionChartData matrix)
        {
            int n = Math.Max(matrix.Labels.Count, 1);
            Cell = Math.Clamp(Math.Floor(560.0 / n), 21, 84);
            Side = n * Cell;
            Rows = [.. matrix.Labels.Select(label => TextMeasure.Fit(SvgText.OneLine(label), LabelSize, LargestRowLabel))];
            Columns = [.. matrix.Labels.Select(label => TextMeasure.Fit(SvgText.OneLine(label), LabelSize, LargestColumnLabel))];
            double row = Rows.Select(Measure).DefaultIfEmpty(0).Max(), column = Columns.Select(Measure).DefaultIfEmpty(0).Max();
            Slanted = column > Cell - 8;
            double overhang = Slanted ? Columns.Select((label, i) => Measure(label) * 0.71 - (i + 0.5) * Cell).DefaultIfEmpty(0).Max() + 14 : 0;
            Left = Math.Max(34 + row + 8, overhang);
            Height = Top + Side + (Slanted ? column * 0.71 + 18 : 22) + 30;
            Width = Math.Max(Left + Side + 18 + 20 + 44, TextMeasure.Width(Caption, PlotFrame.TickSize) + 36);
        }

        public double Cell { get; }

        public double Side { get; }

        public double Left { get; }

        public double Width { get; }

        public double Height { get; }

        public bool Slanted { get; }

        public IReadOnlyList<string> Rows { get; }

        public IReadOnlyList<string> Columns { get; }

        private static double Measure(string label) => TextMeasure.Width(label, LabelSize);
    }
}
