using System.Globalization;
using System.Text;

namespace CmlNet.Publishing.Figures;

/// <summary>
/// A table of numbers that lies beside a picture under its name: with a column of names, bars; else the first column is the
/// x axis where it rises all the way, and each other one a line.
/// </summary>
internal static class TableFigure
{
    private const int MostRows = 10_000;
    private const int MostColumns = 12;

    /// <param name="text">With a line of headings.</param>
    /// <param name="separator">A comma or a tabulator.</param>
    /// <returns>The figure; null where the file is no such table. Quoted fields make it none.</returns>
    public static Figure? Read(ReadOnlyMemory<byte> text, char separator)
    {
        string[] lines = Encoding.UTF8.GetString(text.Span).TrimStart('\uFEFF').Split('\n', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);
        if (lines.Length is < 2 or > MostRows || lines.Any(l => l.Contains('"', StringComparison.Ordinal)))
            return null;
        string[][] rows = [.. lines.Select(l => l.Split(separator, StringSplitOptions.TrimEntries))];
        if (rows[0].Length is < 1 or > MostColumns || Array.Exists(rows, r => r.Length != rows[0].Length))
            return null;
        string[] names = rows[0];
        double[][] columns = [.. names.Select((_, column) => rows.Skip(1).Select(r => Number(r[column])).ToArray())];
        bool[] isNumeric = [.. columns.Select(c => c.Any(double.IsFinite))];
        Figure figure = names.Length == 2 && !isNumeric[0] && columns[1].All(double.IsFinite)
            ? new Figure { Bars = [.. rows.Skip(1).Select((r, i) => new FigureBar(r[0], columns[1][i]))] }
            : Lines(names, columns, isNumeric);
        return figure.IsEmpty ? null : figure;
    }

    private static Figure Lines(string[] names, double[][] columns, bool[] isNumeric)
    {
        bool hasAxis = names.Length > 1 && columns[0].Zip(columns[0].Skip(1)).All(pair => pair.First < pair.Second);
        return new Figure
        {
            Series =
            [
                .. names.Index().Where(n => isNumeric[n.Index] && (!hasAxis || n.Index > 0)).Select(n => new FigureSeries(
                    n.Item,
                    [.. columns[n.Index].Select((y, i) => new FigurePoint(hasAxis ? columns[0][i] : i, y)).Where(p => double.IsFinite(p.Y))])),
            ],
        };
    }

    private static double Number(string text) => double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out double number) && double.IsFinite(number) ? number : double.NaN;
}
