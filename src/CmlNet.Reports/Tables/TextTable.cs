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
        text.Append('|');
        foreach (int width in widths)
        {
            Repeat('-', width + 2);
            text.Append('|');
        }

        text.Append('\n');
        foreach (IReadOnlyList<string> row in rows)
            Line(row);
        return text.Append('\n').ToString();

        void Line(IReadOnlyList<string> cells)
        {
            text.Append('|');
            for (int i = 0; i < cells.Count; i++)
            {
                text.Append(' ').Append(cells[i]);
                Repeat(' ', widths[i] - cells[i].Length);
                text.Append(" |");
            }

            text.Append('\n');
        }

        void Repeat(char c, int count)
        {
            for (int i = 0; i < count; i++)
                text.Append(c);
        }
    }

    /// <summary>RFC 4180 with a header row and line feeds.</summary>
    public string Csv()
    {
        var text = new StringBuilder();
        foreach (IReadOnlyList<string> row in Rows.Prepend(Columns))
            text.AppendJoin(',', row.Select(Quote)).Append('\n');
        return text.ToString();
    }

    // Loops here and above, no queries and no filling with a character: those are compiled while the program runs, which takes longer than most tables.
    private static int[] Widths(List<string> columns, List<IReadOnlyList<string>> rows)
    {
        int[] widths = new int[columns.Count];
        for (int i = 0; i < widths.Length; i++)
        {
            widths[i] = columns[i].Length + HeaderPadding;
            foreach (IReadOnlyList<string> row in rows)
                widths[i] = Math.Max(widths[i], row[i].Length);
        }

        return widths;
    }

    private static bool HasLineEnd(string text)
    {
        foreach (char c in text)
        {
            if (c is '\n' or '\r' or '\f' or '\u0085' or '\u2028' or '\u2029')
                return true;
        }

        return false;
    }

    private static string Cell(string text) => PrintableText.Of(HasLineEnd(text) ? text.ReplaceLineEndings(" ") : text).Replace("|", "\\|", StringComparison.Ordinal);

    private static string Quote(string field) =>
        field.AsSpan().ContainsAny("\",\r\n") ? $"\"{field.Replace("\"", "\"\"", StringComparison.Ordinal)}\"" : field;
}
