using CmlNet.Reports.Charts;
using CmlNet.Reports.Charts.Line;
using CmlNet.Reports.Readers;

namespace CmlNet.Reports.Plots;

/// <summary>Lines over a step column, or over the row number where there is none.</summary>
internal static class LinePlot
{
    private const string RowNumber = "step";
    private const int MostCurves = 40;

    public static ChartData Build(PlotInput input)
    {
        PlotOptions options = input.Options;
        bool smooth = options.Kind == "smooth";
        string? x = null;
        IReadOnlyList<string> fields = [];
        var tables = input.Read(header =>
        {
            (x, fields) = Choose(header, options);
            return [.. fields.Select(field => new PlotColumn(field)), .. x is null ? [] : (PlotColumn[])[new PlotColumn(x)]];
        });
        var series = new List<LineSeries>();
        foreach ((PlotSource source, PlotTable table) in tables)
        {
            foreach ((int place, string field) in fields.Index())
            {
                int? color = source.IsBaseline ? place : smooth ? series.Count / 2 : null;
                IReadOnlyList<double> steps = x is null ? RowNumbers(table.RowCount) : table.Numbers(x);
                LineSeries one = new() { Name = input.Name(source, field, fields.Count), X = steps, Y = table.Numbers(field), Color = color, IsDashed = source.IsBaseline };
                if (smooth)
                    series.Add(one with { Name = one.Name + " raw", IsFaint = true });
                series.Add(smooth ? Smoothing.Apply(one) : one);
            }
        }

        return new LineChartData
        {
            Title = input.Title,
            XName = options.XLabel ?? x ?? RowNumber,
            YName = options.YLabel ?? (fields.Count == 1 ? fields[0] : ""),
            IsXLog = options.IsXLog,
            IsYLog = options.IsYLog,
            Series = series,
        };
    }

    // DVC draws the last column where none is named; a line plot of our own every one that is a curve.
    private static (string? X, IReadOnlyList<string> Y) Choose(PlotHeader header, PlotOptions options)
    {
        int step = HistoryColumns.FindStep(header.Names);
        string? x = options.X is { } asked ? header.Find(asked, "-x") : options.Kind == "line" && step >= 0 ? header.Names[step] : null;
        if (options.Y.Count > 0)
            return (x, [.. options.Y.Select(name => header.Find(name, "-y"))]);
        string[] curves = [.. header.NumericNames.Where(name => name != x && HistoryColumns.IsCurve(name))];
        if (curves.Length == 0)
            throw new ArtifactException($"no column of numbers to draw. Columns: {string.Join(", ", header.Names.Take(30))}");
        if (curves.Length > MostCurves && options.Kind == "line")
            throw new ArtifactException($"{curves.Length} columns of numbers are too many for one picture; name up to {MostCurves} with -y. Columns: {string.Join(", ", header.Names.Take(30))}");
        return (x, options.Kind == "line" ? curves : [curves[^1]]);
    }

    private static double[] RowNumbers(int count) => [.. Enumerable.Range(0, count).Select(i => (double)i)];
}
