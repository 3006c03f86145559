using System.Text;

namespace CmlNet.Publishing.Figures;

/// <summary>A figure as text: a block of table and diagram where there is room for one, a line with a sparkline where there is not.</summary>
internal static class FigureText
{
    private const int MostRows = 20;
    private const int MostColumns = 12;
    private const int LongestTitle = 300;
    private const int MostInLine = 3;

    /// <param name="figure">What to show.</param>
    /// <param name="caption">One line above it, Markdown.</param>
    public static string Block(Figure figure, string caption)
    {
        string table = Table(figure);
        string? diagram = MermaidChart.Render(figure);
        var text = new StringBuilder(caption);
        if (table.Length > 0)
            text.Append("\n\n").Append(table);
        return diagram is null ? text.Append('\n').ToString() : text.Append("\n\n").Append(diagram).ToString();
    }

    /// <summary>What can stand in a sentence or in a table's cell; no Markdown.</summary>
    public static string Line(Figure figure)
    {
        IEnumerable<string> parts = figure switch
        {
            { Series.Count: > 0 } => figure.Series.Take(MostInLine).Select(s => s.IsLine
                ? $"{FigureWords.Clean(s.Name)} {FigureWords.Sparkline(Values(s))} {FigureWords.Number(s.Points[0].Y)} to {FigureWords.Number(s.Points[^1].Y)}"
                : $"{FigureWords.Clean(s.Name)} {s.Points.Count} points"),
            { Bars.Count: > 0 } => [$"{FigureWords.Sparkline([.. figure.Bars.Select(b => b.Value)])} {string.Join(", ", figure.Bars.Take(MostInLine).Select(b => $"{FigureWords.Clean(b.Name)} {FigureWords.Number(b.Value)}"))}"],
            _ => [$"{figure.Cells.Where(c => c.Row == c.Column).Sum(c => c.Value):0} of {figure.Cells.Sum(c => c.Value):0} right"],
        };
        return string.Join("; ", parts);
    }

    /// <summary>The figure's own sentence.</summary>
    public static string Title(Figure figure) => FigureWords.Clean(figure.Title, LongestTitle);

    private static string Table(Figure figure)
    {
        if (figure.Series.Count > 0)
        {
            return "| Series | First | Lowest | Highest | Last | Course |\n| --- | ---: | ---: | ---: | ---: | --- |\n" + string.Join('\n', figure.Series.Take(MostRows).Select(s =>
                $"| {FigureWords.Code(s.Name)} | {FigureWords.Number(s.Points[0].Y)} | {FigureWords.Number(s.Points.Min(p => p.Y))} | {FigureWords.Number(s.Points.Max(p => p.Y))} | {FigureWords.Number(s.Points[^1].Y)} | {(s.IsLine ? FigureWords.Sparkline(Values(s)) : $"{s.Points.Count} points")} |"));
        }

        if (figure.Bars.Count > 0)
            return "| | |\n| --- | ---: |\n" + string.Join('\n', figure.Bars.Take(MostRows).Select(b => $"| {FigureWords.Code(b.Name)} | {FigureWords.Number(b.Value)} |"));
        string[] rows = [.. figure.Cells.Select(c => c.Row).Distinct(StringComparer.Ordinal)];
        string[] columns = [.. figure.Cells.Select(c => c.Column).Distinct(StringComparer.Ordinal)];
        if (rows.Length > MostRows || columns.Length > MostColumns)
            return "";
        ILookup<(string, string), double> cells = figure.Cells.ToLookup(c => (c.Row, c.Column), c => c.Value);
        return $"| actual, predicted | {string.Join(" | ", columns.Select(FigureWords.Code))} |\n| --- |{string.Concat(columns.Select(_ => " ---: |"))}\n"
            + string.Join('\n', rows.Select(r => $"| {FigureWords.Code(r)} | {string.Join(" | ", columns.Select(c => FigureWords.Number(cells[(r, c)].FirstOrDefault())))} |"));
    }

    private static double[] Values(FigureSeries series) => [.. series.Points.Select(p => p.Y)];
}
