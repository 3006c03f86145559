using CmlNet.Reports.Charts;
using CmlNet.Reports.Charts.Heatmap;
using CmlNet.Reports.Readers;

namespace CmlNet.Reports.Plots;

/// <summary>A heat map from rows of (column, row, value), meeting pairs by their mean; or from a table whose first column names the rows.</summary>
internal static class HeatmapPlot
{
    private const int MostSide = 5_000;

    public static ChartData Build(PlotInput input)
    {
        if (input.Sources.Count > 1)
            throw new ReportInputException("a heat map shows one file; draw the baseline as a picture of its own");
        return input.Options is { X: not null, Y.Count: > 0 } ? FromPairs(input, input.Options.X) : FromTable(input);
    }

    private static HeatmapChartData FromPairs(PlotInput input, string asked)
    {
        PlotOptions options = input.Options;
        string column = "", row = "";
        string? value = null;
        (_, PlotTable table) = input.Read(header =>
        {
            (column, row) = (header.Find(asked, "-x"), header.Find(options.Y[0], "-y"));
            value = options.Value is { } named ? header.Find(named, "--value") : header.NumericNames.LastOrDefault(name => name != column && name != row);
            return [new(column, PlotColumnForm.Texts), new(row, PlotColumnForm.Texts), .. value is null ? [] : (PlotColumn[])[new PlotColumn(value)]];
        })[0];
        string[] columns = Labels(table.Texts(column)), rows = Labels(table.Texts(row));
        if (columns.Length > MostSide || rows.Length > MostSide)
            throw new ReportInputException($"{table.Source}: more than {MostSide} different values in '{(columns.Length > MostSide ? column : row)}'");
        var columnPlaces = columns.Index().ToDictionary(entry => entry.Item, entry => entry.Index, StringComparer.Ordinal);
        var rowPlaces = rows.Index().ToDictionary(entry => entry.Item, entry => entry.Index, StringComparer.Ordinal);
        double[] sums = new double[columns.Length * rows.Length];
        int[] counts = new int[sums.Length];
        for (int i = 0; i < table.RowCount; i++)
        {
            int cell = rowPlaces[table.Texts(row)[i]] * columns.Length + columnPlaces[table.Texts(column)[i]];
            double number = value is null ? 1 : table.Numbers(value)[i];
            sums[cell] += double.IsNaN(number) ? 0 : number;
            counts[cell] += double.IsNaN(number) ? 0 : 1;
        }

        return new HeatmapChartData
        {
            Title = input.Title,
            RowName = options.YLabel ?? row,
            ColumnName = options.XLabel ?? column,
            ValueName = value is null ? "number of rows" : counts.Any(count => count > 1) ? $"mean of {value}" : value,
            Rows = rows,
            Columns = columns,
            Values = [.. sums.Select((sum, i) => counts[i] == 0 ? double.NaN : value is null ? sum : sum / counts[i])],
        };
    }

    private static HeatmapChartData FromTable(PlotInput input)
    {
        string? name = null;
        IReadOnlyList<string> columns = [];
        (_, PlotTable table) = input.Read(header =>
        {
            name = header.Names.FirstOrDefault(column => !header.NumericNames.Contains(column, StringComparer.Ordinal)) ?? header.Names.FirstOrDefault(column => column.Length == 0 || column.StartsWith("Unnamed", StringComparison.Ordinal));
            columns = input.Options.Y.Count > 0 ? [.. input.Options.Y.Select(asked => header.Find(asked, "-y"))] : [.. header.NumericNames.Where(column => column != name)];
            if (columns.Count == 0)
                throw new ArtifactException($"no columns of numbers; name a column, a row and a value with -x, -y and --value. Columns: {string.Join(", ", header.Names.Take(30))}");
            return [.. columns.Select(column => new PlotColumn(column)), .. name is null ? [] : (PlotColumn[])[new PlotColumn(name, PlotColumnForm.Texts)]];
        })[0];
        return new HeatmapChartData
        {
            Title = input.Title,
            RowName = input.Options.YLabel ?? name ?? "row",
            ColumnName = input.Options.XLabel ?? "column",
            ValueName = "value",
            Rows = name is null ? [.. Enumerable.Range(1, table.RowCount).Select(row => $"{row}")] : table.Texts(name),
            Columns = columns,
            Values = [.. Enumerable.Range(0, table.RowCount).SelectMany(row => columns.Select(column => table.Numbers(column)[row]))],
        };
    }

    // Numbers by value, words by code point.
    private static string[] Labels(IReadOnlyList<string> texts)
    {
        string[] distinct = [.. texts.Distinct(StringComparer.Ordinal)];
        var numbers = distinct.ToDictionary(text => text, text => Readers.Csv.CsvNumber.TryParse(text, out double value) ? value : double.NaN, StringComparer.Ordinal);
        return numbers.Values.All(double.IsFinite) ? [.. distinct.OrderBy(text => numbers[text])] : [.. distinct.Order(StringComparer.Ordinal)];
    }
}
