using CmlNet.Reports.Charts;
using CmlNet.Reports.Charts.Box;
using CmlNet.Reports.Charts.Histogram;
using CmlNet.Reports.Readers;

namespace CmlNet.Reports.Plots;

/// <summary>Histograms and box plots: how the values of columns, or of the groups of one, lie.</summary>
internal static class DistributionPlot
{
    private const int MostSets = 4;
    private const int MostGroups = 10_000;

    public static ChartData Build(PlotInput input)
    {
        PlotOptions options = input.Options;
        bool box = options.Kind == "box";
        string? group = null;
        IReadOnlyList<string> fields = [];
        var tables = input.Read(header =>
        {
            group = box && options.X is { } asked ? header.Find(asked, "-x") : null;
            IReadOnlyList<string> named = box || options.X is null ? options.Y : [options.X, .. options.Y];
            fields = named.Count > 0 ? [.. named.Select(name => header.Find(name, "-y"))] : [.. header.NumericNames.Where(name => name != group).Take(box ? 30 : MostSets)];
            if (fields.Count == 0)
                throw new ArtifactException($"no column of numbers to draw; name it with -y. Columns: {string.Join(", ", header.Names.Take(30))}");
            return [.. fields.Select(field => new PlotColumn(field)), .. group is null ? [] : (PlotColumn[])[new PlotColumn(group, PlotColumnForm.Texts)]];
        });
        List<(string Name, IReadOnlyList<double> Values)> sets = [.. tables.SelectMany(table => fields.SelectMany(field => Groups(table.Table, field, group, input.Name(table.Source, field, fields.Count), fields.Count > 1 || table.Source.Label.Length > 0)))];
        string valueName = options.XLabel ?? (fields.Count == 1 ? fields[0] : "value");
        return box
            ? new BoxChartData { Title = input.Title, ValueName = options.YLabel ?? valueName, IsLog = options.IsYLog || options.IsXLog, Boxes = [.. sets.Select(set => BoxSummary.Of(set.Name, set.Values))] }
            : HistogramBins.Of(input.Title, valueName, sets);
    }

    private static IEnumerable<(string Name, IReadOnlyList<double> Values)> Groups(PlotTable table, string field, string? group, string name, bool isNamed)
    {
        if (group is null)
            return [(name, table.Numbers(field))];
        var groups = new SortedDictionary<string, List<double>>(StringComparer.Ordinal);
        for (int row = 0; row < table.RowCount; row++)
        {
            string label = table.Texts(group)[row];
            if (!groups.TryGetValue(label, out List<double>? values))
            {
                if (groups.Count == MostGroups)
                    throw new ReportInputException($"{table.Source}: more than {MostGroups} groups in '{group}'; is it a column of ids?");
                groups.Add(label, values = []);
            }

            values.Add(table.Numbers(field)[row]);
        }

        return groups.Select(entry => (isNamed ? $"{entry.Key}: {name}" : entry.Key, (IReadOnlyList<double>)entry.Value));
    }
}
