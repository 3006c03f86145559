using CmlNet.Reports.Charts;
using CmlNet.Reports.Charts.Bar;
using CmlNet.Reports.Readers;

namespace CmlNet.Reports.Plots;

/// <summary>Bars by name. In DVC's templates -x is the number and -y the name; in ours -x is the name and -y the numbers.</summary>
internal static class BarPlot
{
    public static ChartData Build(PlotInput input)
    {
        PlotOptions options = input.Options;
        string? name = null;
        IReadOnlyList<string> fields = [];
        var tables = input.Read(header =>
        {
            (name, fields) = options.Kind == "bar" ? Choose(header, options) : ChooseAsDvc(header, options);
            return [.. fields.Select(field => new PlotColumn(field)), .. name is null ? [] : (PlotColumn[])[new PlotColumn(name, PlotColumnForm.Texts)]];
        });
        var values = new OrderedDictionary<string, double[]>(StringComparer.Ordinal);
        List<string> series = [.. tables.SelectMany(table => fields.Select(field => input.Name(table.Source, field, fields.Count)))];
        int place = 0;
        foreach ((_, PlotTable table) in tables)
        {
            foreach (string field in fields)
            {
                for (int row = 0; row < table.RowCount; row++)
                {
                    string label = name is null ? $"{row + 1}" : table.Texts(name)[row];
                    if (!values.TryGetValue(label, out double[]? all))
                        values.Add(label, all = [.. Enumerable.Repeat(double.NaN, series.Count)]);
                    all[place] = table.Numbers(field)[row];
                }

                place++;
            }
        }

        IEnumerable<KeyValuePair<string, double[]>> ordered = options.Kind == "bar_horizontal_sorted" ? values.OrderByDescending(entry => entry.Value[0]) : values;
        return new BarChartData
        {
            Title = input.Title,
            ValueName = (options.Kind == "bar" ? options.YLabel : options.XLabel) ?? (fields.Count == 1 ? fields[0] : "value"),
            SeriesNames = series.Count > 1 ? series : [],
            Bars = [.. ordered.SelectMany(entry => entry.Value.Select((value, i) => new ChartBar(i == 0 ? entry.Key : "", value, i)))],
        };
    }

    private static (string? Name, IReadOnlyList<string> Values) Choose(PlotHeader header, PlotOptions options)
    {
        string? name = options.X is { } asked ? header.Find(asked, "-x") : header.Names.FirstOrDefault(column => !header.NumericNames.Contains(column, StringComparer.Ordinal));
        IReadOnlyList<string> values = options.Y.Count > 0 ? [.. options.Y.Select(field => header.Find(field, "-y"))] : [.. header.NumericNames.Where(column => column != name)];
        return values.Count > 0 ? (name, values) : throw new ArtifactException($"no column of numbers to draw; name it with -y. Columns: {string.Join(", ", header.Names.Take(30))}");
    }

    private static (string? Name, IReadOnlyList<string> Values) ChooseAsDvc(PlotHeader header, PlotOptions options)
    {
        string? name = options.Y.Count > 0 ? header.Find(options.Y[0], "-y") : header.Names.LastOrDefault(column => column != options.X);
        string? value = options.X is { } asked ? header.Find(asked, "-x") : header.NumericNames.FirstOrDefault(column => column != name);
        return value is not null ? (name, [value]) : throw new ArtifactException($"no column of numbers to draw; name it with -x. Columns: {string.Join(", ", header.Names.Take(30))}");
    }
}
