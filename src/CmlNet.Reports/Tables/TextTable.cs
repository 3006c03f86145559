using System.Text;

namespace CmlNet.Reports.Tables;

/// <summary>A table as plain text, Markdown (both laid out as DVC's) or CSV.</summary>
public sealed record TextTable(IReadOnlyList<string> Columns, IReadOnlyList<IReadOnlyList<string>> Rows)
{
    // The library DVC prints with pads headers, and headers alone, by this.
    private const int HeaderPadding = 2;

    /// <summary>Columns two spaces apart, no rules, no spaces at line ends.</summary>
    public string Plain()
    {
        List<IReadOnlyList<string>> rows = [.. Rows.Select(row => (IReadOnlyList<string>)[.. row.Select(cell => PrintableText.Of(cell))])];
        List<string> columns = [.. Columns.Select(column => PrintableText.Of(column))];
        int[] widths = Widths(columns, rows);
        var text = new StringBuilder();
        foreach (IReadOnlyList<string> row in rows.Prepend(columns))
            text.Append(string.Join("  ", row.Select((cell, i) => cell.PadRight(widths[i]))).TrimEnd()).Append('\n');
        return text.ToString();
    }

    /// <summary>A GitHub table and a blank line. Pipes and line breaks in cells are written so that they stay in their cell.</summary>
    public string Markdown()
    {
        var rows = Rows.Select(row => (IReadOnlyList<string>)[.. row.Select(Cell)]).ToList();
        List<string> columns = [.. Columns.Select(Cell)];
        int[] widths = Widths(columns, rows);
        var text = new StringBuilder();
        Line(columns);
        text.Append('|').AppendJoin('|', widths.Select(width => new string('-', width + 2))).Append("|\n");
        foreach (IReadOnlyList<string> row in rows)
            Line(row);
        return text.Append('\n').ToString();

        void Line(IEnumerable<string> cells) => text.Append("| ").AppendJoin(" | ", cells.Select((cell, i) => cell.PadRight(widths[i]))).Append(" |\n");
    }

    /// <summary>RFC 4180 with a header row and line feeds.</summary>
    public string Csv()
    {
        var text = new StringBuilder();
        foreach (IReadOnlyList<string> row in Rows.Prepend(Columns))
            text.AppendJoin(',', row.Select(Quote)).Append('\n');
        return text.ToString();
    }

    private static int[] Widths(List<string> columns, List<IReadOnlyList<string>> rows) =>
        [.. columns.Select((column, i) => rows.Count == 0 ? column.Length + HeaderPadding : Math.Max(column.Length + HeaderPadding, rows.Max(row => row[i].Length)))];

    private static string Cell(string text) => PrintableText.Of(text.ReplaceLineEndings(" ")).Replace("|", "\\|", StringComparison.Ordinal);

    private static string Quote(string field) =>
        field.AsSpan().ContainsAny("\",\r\n") ? $"\"{field.Replace("\"", "\"\"", StringComparison.Ordinal)}\"" : field;
}
