using CmlNet.Reports.Charts;
using CmlNet.Reports.Charts.Line;
using CmlNet.Reports.Charts.Scatter;
using CmlNet.Reports.Readers;

namespace CmlNet.Reports.Plots;

/// <summary>Points; a column of text becomes an axis of categories.</summary>
internal static class ScatterPlot
{
    private const int MostCategories = 500;

    public static ChartData Build(PlotInput input)
    {
        PlotOptions options = input.Options;
        bool jitter = options.Kind == "scatter_jitter";
        string x = "";
        IReadOnlyList<string> fields = [];
        var tables = input.Read(header =>
        {
            (x, fields) = Choose(header, options);
            return [new PlotColumn(x, PlotColumnForm.Either), .. fields.Select(field => new PlotColumn(field, PlotColumnForm.Either))];
        });
        string[]? columns = Categories(tables, [x]), rows = Categories(tables, fields);
        var series = new List<LineSeries>();
        foreach ((PlotSource source, PlotTable table) in tables)
        {
            foreach (string field in fields)
                series.Add(new LineSeries { Name = input.Name(source, field, fields.Count), X = Values(table, x, columns), Y = Values(table, field, rows) });
        }

        return new ScatterChartData
        {
            Title = input.Title,
            XName = options.XLabel ?? x,
            YName = options.YLabel ?? (fields.Count == 1 ? fields[0] : ""),
            IsXLog = options.IsXLog && columns is null,
            IsYLog = options.IsYLog && rows is null,
            XCategories = columns,
            YCategories = rows,
            IsJittered = jitter,
            Series = series,
        };
    }

    private static (string X, IReadOnlyList<string> Y) Choose(PlotHeader header, PlotOptions options)
    {
        string x = options.X is { } asked ? header.Find(asked, "-x") : header.NumericNames.Count > 0 ? header.NumericNames[0] : header.Names[0];
        if (options.Y.Count > 0)
            return (x, [.. options.Y.Select(name => header.Find(name, "-y"))]);
        return header.NumericNames.LastOrDefault(name => name != x) is { } last
            ? (x, [last])
            : throw new ArtifactException($"no second column of numbers to draw; name it with -y. Columns: {string.Join(", ", header.Names.Take(30))}");
    }

    // One file may have numbers only where another has a word: then both are words.
    private static string[]? Categories(IReadOnlyList<(PlotSource Source, PlotTable Table)> tables, IReadOnlyList<string> columns)
    {
        if (tables.All(table => columns.All(table.Table.IsNumeric)))
            return null;
        string[] names = [.. tables.SelectMany(table => columns.SelectMany(column => Texts(table.Table, column))).Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal)];
        return names.Length <= MostCategories
            ? names
            : throw new ReportInputException($"{tables[0].Table.Source}: {names.Length} different words in {string.Join(", ", columns)}; an axis of words has room for {MostCategories}");
    }

    private static IReadOnlyList<double> Values(PlotTable table, string column, IReadOnlyList<string>? categories)
    {
        if (categories is null)
            return table.Numbers(column);
        var places = categories.Index().ToDictionary(entry => entry.Item, entry => (double)entry.Index, StringComparer.Ordinal);
        return [.. Texts(table, column).Select(text => places[text])];
    }

    private static IEnumerable<string> Texts(PlotTable table, string column) =>
        table.IsNumeric(column) ? table.Numbers(column).Select(value => Numbers.FiveDigits.Format(value)) : table.Texts(column);
}
