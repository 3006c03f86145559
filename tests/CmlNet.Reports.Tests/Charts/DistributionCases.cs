using CmlNet.Reports.Charts.Box;
using CmlNet.Reports.Charts.Heatmap;
using CmlNet.Reports.Charts.Histogram;

namespace CmlNet.Reports.Tests.Charts;

/// <summary>Histograms, box plots and heat maps.</summary>
internal static class DistributionCases
{
    public static IReadOnlyList<GalleryCase> All =>
    [
        new("histogram", "One set of a thousand values", Histogram(("age", Bell(1000, 40, 12)))),
        new("histogram-two", "Two sets of different size, as shares", Histogram(("reference", Bell(1000, 40, 12)), ("current", Bell(300, 47, 9)))),
        new("histogram-whole", "Whole numbers, a bin for each", Histogram(("stars", [.. Enumerable.Range(0, 200).Select(i => (double)(1 + i * i % 5))]))),
        new("histogram-1000000", "A million values", Histogram(("latency", Bell(1_000_000, 12, 3)))),
        new("histogram-empty", "No data", Histogram(("age", []))),
        new("histogram-one", "One value", Histogram(("age", [42]))),
        new("histogram-equal", "All equal", Histogram(("age", [7, 7, 7]))),
        new("histogram-nan", "NaN and infinity among the values", Histogram(("age", [1, 2, 2, 3, double.NaN, double.PositiveInfinity]))),
        new("histogram-names", "Long and hostile names", Histogram((GalleryCases.Hostile, Bell(50, 1, 1)), (GalleryCases.Long, Bell(50, 2, 1)), ("品質の悪いデータ", Bell(50, 3, 1)), ("👩‍🔬🇯🇵", Bell(50, 4, 1)))),
        new("box", "Four groups, some with outliers", Box([.. Enumerable.Range(0, 4).Select(i => BoxSummary.Of($"site {i}", [.. Bell(80, 10 + i * 3, 2), 25 + i, 1]))])),
        new("box-log", "A logarithmic axis", Box([BoxSummary.Of("fast", [1, 2, 3, 5, 8, 900]), BoxSummary.Of("slow", [100, 2000, 30000, 500000])]) with { IsLog = true }),
        new("box-edge", "No value, one value, equal values, NaN and infinity", Box([BoxSummary.Of("none", []), BoxSummary.Of("one", [3]), BoxSummary.Of("equal", [5, 5, 5, 5]), BoxSummary.Of("not finite", [1, 2, double.NaN, double.NegativeInfinity, 4])])),
        new("box-empty", "No boxes", Box([])),
        new("box-many", "Forty groups with long names", Box([.. Enumerable.Range(0, 40).Select(i => BoxSummary.Of($"{i} {(i % 2 == 0 ? GalleryCases.Long : GalleryCases.Hostile)}", Bell(30, i % 7, 1)))])),
        new("heatmap", "Correlations: blue above 0, orange below", Heatmap(5, 5, (r, c) => r == c ? 1 : Math.Round(Math.Sin(r * 5 + c * 3) * 0.9, 3))),
        new("heatmap-positive", "Values of one sign, not square", Heatmap(3, 8, (r, c) => 120 + r * 1000 + c * 17.25)),
        new("heatmap-nan", "Empty cells and infinity", Heatmap(3, 3, (r, c) => r == c ? double.NaN : r > c ? double.PositiveInfinity : r + c)),
        new("heatmap-equal", "All equal", Heatmap(2, 2, (_, _) => 0.5)),
        new("heatmap-one", "One cell", Heatmap(1, 1, (_, _) => 42)),
        new("heatmap-empty", "No cells", Heatmap(0, 0, (_, _) => 0)),
        new("heatmap-40", "Forty columns: names thinned out", Heatmap(12, 40, (r, c) => Math.Cos(r / 3.0) * Math.Sin(c / 7.0))),
        new("heatmap-1000", "A thousand by a thousand, as means of blocks", Heatmap(1000, 1000, (r, c) => Math.Sin(r / 90.0) + Math.Cos(c / 70.0))),
        new("heatmap-names", "Long and hostile names", Heatmap(2, 3, (r, c) => r - c * 0.001) with { Rows = [GalleryCases.Long, GalleryCases.Hostile], Columns = ["とても長い日本語のクラス名がここにあります", GalleryCases.Long, "🐈"] }),
    ];

    private static HistogramChartData Histogram(params (string, IReadOnlyList<double>)[] sets) => HistogramBins.Of("Distribution", "value", sets);

    private static BoxChartData Box(IReadOnlyList<BoxSummary> boxes) => new() { Title = "Latency by site", ValueName = "ms", Boxes = boxes };

    private static HeatmapChartData Heatmap(int rows, int columns, Func<int, int, double> value) => new()
    {
        Title = "Heat map",
        RowName = "depth",
        ColumnName = "learning rate",
        ValueName = "validation score",
        Rows = [.. Enumerable.Range(0, rows).Select(i => $"r{i}")],
        Columns = [.. Enumerable.Range(0, columns).Select(i => $"c{i}")],
        Values = [.. Enumerable.Range(0, rows * columns).Select(i => value(i / columns, i % columns))],
    };

    // The sum of four points of a low-discrepancy sequence is close to normal and the same every time.
    private static double[] Bell(int count, double center, double width) =>
        [.. Enumerable.Range(1, count).Select(i => center + width * 1.7 * ((i * 0.8566749) % 1 + (i * 0.7338919) % 1 + (i * 0.6287067) % 1 + (i * 0.5385973) % 1 - 2))];
}
