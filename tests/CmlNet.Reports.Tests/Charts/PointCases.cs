using CmlNet.Reports.Charts.Line;
using CmlNet.Reports.Charts.Residuals;
using CmlNet.Reports.Charts.Scatter;

namespace CmlNet.Reports.Tests.Charts;

/// <summary>Scatter and residual plots.</summary>
internal static class PointCases
{
    public static IReadOnlyList<GalleryCase> All =>
    [
        new("scatter", "Three series, told apart by shape as well", Scatter([Cloud("setosa", 50, 1, 3), Cloud("versicolor", 50, 2.5, 2), Cloud("virginica", 50, 3.5, 4)])),
        new("scatter-log", "Logarithmic axes; three of the points have no place on them", Scatter([Series("runs", [1, 10, 100, 1e4, 1e6, 0, -3, double.NaN], [0.001, 0.02, 5, 300, 1e5, 3, 3, 3])]) with { IsXLog = true, IsYLog = true }),
        new("scatter-diagonal", "Predicted against actual", Scatter([Cloud("rows", 300, 5, 5)]) with { HasDiagonal = true, XName = "actual", YName = "predicted" }),
        new("scatter-jitter", "Categories on both axes, points of one place spread", Scatter([Series("HEAD", [.. Places(60, 3)], [.. Places(60, 4)]), Series("workspace", [.. Places(40, 2)], [.. Places(40, 3)])]) with { XCategories = ["low", "middle", "high"], YCategories = ["北海道", "Oslo", "a rather long name of a place", "São Paulo"], IsJittered = true, XName = "grade", YName = "site" }),
        new("scatter-categories-long", "Long names below", Scatter([Series("runs", [.. Places(40, 12)], [.. Enumerable.Range(0, 40).Select(i => Math.Sin(i))])]) with { XCategories = [.. Enumerable.Range(0, 12).Select(i => $"{i} {GalleryCases.Long}")] }),
        new("scatter-1000000", "A million points: shading is density", Scatter([Cloud("rows", 1_000_000, 5, 5)])),
        new("scatter-many-two", "Two large series", Scatter([Cloud("before", 20_000, 5, 5), Cloud("after", 20_000, 6, 4)])),
        new("scatter-empty", "No data", Scatter([])),
        new("scatter-one-point", "One point", Scatter([Series("runs", [3], [4])])),
        new("scatter-equal", "All points equal", Scatter([Series("runs", [2, 2, 2], [5, 5, 5])])),
        new("scatter-nan", "Nothing but NaN and infinity", Scatter([Series("runs", [double.NaN, double.PositiveInfinity], [1, 1])])),
        new("scatter-hostile", "Hostile names", Scatter([Series(GalleryCases.Hostile, [1, 2], [2, 1])]) with { Title = GalleryCases.Hostile, XName = GalleryCases.Hostile, YName = GalleryCases.Long }),
        new("residuals", "Errors that grow with the prediction", Residuals(400)),
        new("residuals-100000", "A hundred thousand cases", Residuals(100_000)),
        new("residuals-empty", "No data", new ResidualsChartData { Title = "Residuals", Actual = [], Predicted = [] }),
        new("residuals-one-point", "One case", new ResidualsChartData { Title = "Residuals", Actual = [3], Predicted = [2.5] }),
        new("residuals-exact", "A model without error", new ResidualsChartData { Title = "Residuals", Actual = [1, 2, 3], Predicted = [1, 2, 3] }),
        new("residuals-nan", "Some that are not finite", new ResidualsChartData { Title = "Residuals", Actual = [1, double.NaN, 3, double.PositiveInfinity], Predicted = [1.1, 2, 2.7, 4] }),
    ];

    private static ScatterChartData Scatter(IReadOnlyList<LineSeries> series) => new() { Title = "Scatter", XName = "petal width", YName = "petal length", Series = series };

    private static LineSeries Series(string name, double[] x, double[] y) => new() { Name = name, X = x, Y = y };

    private static IEnumerable<double> Places(int count, int places) => Enumerable.Range(0, count).Select(i => (double)(i * 7 % 11 % places));

    // Two incommensurable waves fill a disc without a random number.
    private static LineSeries Cloud(string name, int count, double centerX, double centerY)
    {
        double[] x = new double[count], y = new double[count];
        for (int i = 0; i < count; i++)
        {
            double radius = Math.Sqrt((i + 0.5) / count) * Math.Sqrt((i * 0.618034) % 1), angle = i * 2.399963;
            (x[i], y[i]) = (centerX + radius * Math.Cos(angle), centerY + radius * Math.Sin(angle) * 0.7 + 0.5 * radius * Math.Cos(angle));
        }

        return Series(name, x, y);
    }

    private static ResidualsChartData Residuals(int count)
    {
        LineSeries cloud = Cloud("", count, 5, 0);
        return new ResidualsChartData { Title = "Residuals", Predicted = cloud.X, Actual = [.. cloud.X.Select((x, i) => x + cloud.Y[i] * x / 5)] };
    }
}
