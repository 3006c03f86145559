using System.Globalization;
using CmlNet.Reports.Charts.Bar;
using CmlNet.Reports.Charts.Drawing;
using CmlNet.Reports.Numbers;

namespace CmlNet.Reports.Charts.Confusion;

/// <summary>The matrix with counts in its cells, shaded by their share; with more classes than can be read, the largest confusions as bars.</summary>
internal sealed class ConfusionChart : IChart
{
    /// <summary>With more classes the cells could no longer be read; the largest confusions are drawn as bars instead.</summary>
    public const int MostClasses = 30;

    private readonly BarChart _bars = new();

    public string Name => ConfusionChartData.KindName;

    public string Describe(ChartData data)
    {
        ConfusionChartData matrix = Cast(data);
        int n = matrix.Labels.Count;
        double total = matrix.Counts.Sum(), right = Enumerable.Range(0, n).Sum(i => matrix.Counts[i * n + i]);
        if (total == 0)
            return $"Confusion matrix {matrix.Title}: no data.";
        var worst = Enumerable.Range(0, n * n).Where(i => i / n != i % n && matrix.Counts[i] > 0).OrderByDescending(i => matrix.Counts[i]).Take(3)
            .Select(i => $"{matrix.Labels[i / n]} taken for {matrix.Labels[i % n]} ({FiveDigits.Count(matrix.Counts[i])})").ToList();
        string confusions = worst.Count == 0 ? "no confusions" : "largest confusions: " + string.Join(", ", worst);
        return $"Confusion matrix of {n} classes, rows {matrix.RowName}, columns {matrix.ColumnName}: {FiveDigits.Count(right)} of {FiveDigits.Count(total)} right (accuracy {FiveDigits.Format(right / total)}); {confusions}.";
    }

    public string Render(ChartData data, ChartTheme theme)
    {
        ConfusionChartData matrix = Cast(data);
        if (matrix.Labels.Count > MostClasses)
            return _bars.Render(LargestConfusions.Of(matrix), theme);
        string caption = "counts; percentages and shading are the share of " + Whole(matrix);
        caption = TextMeasure.Fit(SvgText.OneLine(caption), PlotFrame.TickSize, 640);
        var layout = new MatrixLayout(matrix.Labels, matrix.Labels, caption);
        var svg = new SvgWriter(layout.Width, layout.Height, Describe(data), theme);
        PlotFrame.Title(svg, theme, matrix.Title, 16, layout.Width - 32);
        svg.Text(16, 44, caption, new TextStyle(PlotFrame.TickSize, theme.Muted));
        if (matrix.Labels.Count == 0)
        {
            PlotFrame.Message(svg, theme, "no rows to count", layout.Width / 2, MatrixLayout.Top + 40);
            return svg.Close();
        }

        DrawCells(svg, theme, matrix, layout);
        layout.DrawLabels(svg, theme, matrix.RowName, matrix.ColumnName);
        layout.DrawKey(svg, theme, theme.Sequential, "100 %", "0 %");
        return svg.Close();
    }

    private static void DrawCells(SvgWriter svg, ChartTheme theme, ConfusionChartData matrix, MatrixLayout layout)
    {
        int n = matrix.Labels.Count;
        double[] rows = new double[n], columns = new double[n];
        for (int i = 0; i < n * n; i++)
        {
            rows[i / n] += matrix.Counts[i];
            columns[i % n] += matrix.Counts[i];
        }

        double all = rows.Sum();
        for (int i = 0; i < n * n; i++)
        {
            double count = matrix.Counts[i], whole = matrix.Share switch { ConfusionShare.Row => rows[i / n], ConfusionShare.Column => columns[i % n], _ => all };
            (double X, double Y) at = layout.At(i / n, i % n);
            double share = whole == 0 ? 0 : count / whole, side = layout.Cell - layout.Gap;
            Rgb fill = whole == 0 ? Rgb.Parse(theme.Empty) : theme.Sequential.At(share);
            string tip = count == 0 ? "" : $"{matrix.RowName} {SvgText.OneLine(matrix.Labels[i / n])}, {matrix.ColumnName} {SvgText.OneLine(matrix.Labels[i % n])}: {FiveDigits.Count(count)} ({Percent(share)})";
            svg.Rect(at.X, at.Y, side, side, fill.ToString(), layout.Cell > 30 ? 3 : 0, tip: tip);
            DrawCount(svg, count, share, at, side, count == 0 ? theme.Muted : ColorMap.LabelOn(fill).ToString());
        }
    }

    private static void DrawCount(SvgWriter svg, double count, double share, (double X, double Y) at, double cell, string color)
    {
        if (count == 0 && cell < 30)
            return;
        double size = Math.Min(13, cell * 0.42);
        string text = FiveDigits.Count(count);
        if (TextMeasure.Width(text, size) > cell - 4)
            text = Compact(count);
        size = Math.Min(size, size * (cell - 4) / TextMeasure.Width(text, size));
        bool withShare = cell >= 46 && count > 0;
        svg.Text(at.X + cell / 2, at.Y + cell / 2 + size * 0.36 - (withShare ? 7 : 0), text, new TextStyle(size, color, "middle", Bold: withShare));
        if (withShare)
            svg.Text(at.X + cell / 2, at.Y + cell / 2 + 15, Percent(share), new TextStyle(10, color, "middle"));
    }

    private static string Whole(ConfusionChartData matrix) => matrix.Share switch
    {
        ConfusionShare.Row => $"each {Class(matrix.RowName)} (row)",
        ConfusionShare.Column => $"each {Class(matrix.ColumnName)} (column)",
        _ => "all cases",
    };

    private static string Class(string name) => name is "actual" or "predicted" ? name + " class" : name;

    private static string Percent(double share) => share switch
    {
        < 0.001 => "< 0.1 %",
        > 0.999 and < 1 => "> 99.9 %",
        _ => (share * 100).ToString(share is 1 ? "0" : "0.0", CultureInfo.InvariantCulture) + " %",
    };

    private static string Compact(double count) => count switch
    {
        >= 1_000_000_000 => (count / 1e9).ToString("0.#", CultureInfo.InvariantCulture) + "G",
        >= 1_000_000 => (count / 1e6).ToString("0.#", CultureInfo.InvariantCulture) + "M",
        >= 10_000 => (count / 1e3).ToString("0", CultureInfo.InvariantCulture) + "k",
        >= 1_000 => (count / 1e3).ToString("0.#", CultureInfo.InvariantCulture) + "k",
        _ => FiveDigits.Count(count),
    };

    private static ConfusionChartData Cast(ChartData data) => data as ConfusionChartData ?? throw new ArgumentException($"a confusion chart cannot draw '{data.Kind}' data");
}
