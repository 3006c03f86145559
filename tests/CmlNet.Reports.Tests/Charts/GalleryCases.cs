using CmlNet.Reports.Charts.Bar;
using CmlNet.Reports.Charts.Confusion;
using CmlNet.Reports.Charts.Line;

namespace CmlNet.Reports.Tests.Charts;

/// <summary>Every kind of chart, at its usual and at its worst.</summary>
internal static class GalleryCases
{
    public const string Hostile = "<script>alert('x')</script> & \"quoted\"\nsecond line \u202Ereversed \u0001";
    public static readonly string Long = string.Concat(Enumerable.Repeat("a label of sixty characters, ", 3))[..60];

    public static IReadOnlyList<GalleryCase> All { get; } =
    [
        .. Basic,
        .. PointCases.All,
        .. DistributionCases.All,
        .. RateCases.All,
        .. GraphCases.All,
    ];

    private static IReadOnlyList<GalleryCase> Basic =>
    [
        new("line", "Two series", Line("loss", [Decay("loss", 50, 1, 0), Decay("val_loss", 50, 1, 0.2)])),
        new("line-sparse", "A series logged every tenth step, one with a gap where NaN was logged", Line("loss", [Decay("train_loss", 100, 1, 0), Decay("val_loss", 10, 10, 0.15), Gap()])),
        new("line-empty", "No data", Line("loss", [])),
        new("line-one-point", "One point", Line("accuracy", [Series("accuracy", [3], [0.75])])),
        new("line-equal", "All values equal", Line("learning rate", [Series("lr", [0, 1, 2, 3], [0.001, 0.001, 0.001, 0.001])])),
        new("line-nan", "Nothing but NaN", Line("loss", [Series("loss", [0, 1], [double.NaN, double.NaN])])),
        new("line-infinite", "Infinite values", Line("loss", [Series("loss", [0, 1, 2, 3, 4], [1, double.PositiveInfinity, 2, double.NegativeInfinity, 1.5])])),
        new("line-extreme", "Values of every size", Line("loss", [Series("loss", [0, 1, 2, 3], [-1.5e308, 1.5e308, 0, 1e-300])])),
        new("line-tiny", "Tiny values far from zero", Line("drift", [Series("drift", [1000000, 1000001, 1000002], [1.0000001, 1.0000002, 1.00000015])])),
        new("line-100000", "100,000 points with one spike", Line("loss", [Spike(100_000)])),
        new("line-many", "Twelve series with long names", Line("recall by class", [.. Enumerable.Range(0, 12).Select(i => Decay($"recall of class {i} {(i % 3 == 0 ? Long : "")}", 30, 1, i * 0.1))])),
        new("line-1000000", "A million points with one spike", Line("loss", [Spike(1_000_000)])),
        new("line-log", "Logarithmic axes; what is not above 0 is counted", new LineChartData { Title = "learning curve", XName = "rows", YName = "loss", IsXLog = true, IsYLog = true, Series = [Series("train", [10, 100, 1000, 10000, 100000], [2, 0.3, 0.02, 0.004, 0]), Series("validation", [10, 100, 1000, 10000, 100000], [3, 1.1, 0.4, 0.2, 0.15])] }),
        new("line-decades", "A loss over five decades, this run against its baseline", new LineChartData { Title = "loss", XName = "epoch", YName = "loss (logarithmic)", IsYLog = true, Series = [Decades("loss", 1.0), Decades("loss (baseline)", 0.7) with { IsDashed = true, Color = 0 }, Decades("val_loss", 0.5) with { Color = 1 }] }),
        new("line-smoothed", "Raw and smoothed, train and validation, against a baseline", Line("loss", Smoothed())),
        new("line-hostile", "Hostile and wide names", Line(Hostile, [Decay(Hostile, 5, 1, 0), Decay("精度（検証）", 5, 1, 0.5), Decay("🚀 emoji", 5, 1, 1)])),
        new("confusion", "Three classes", Confusion(["setosa", "versicolor", "virginica"], [50, 0, 0, 0, 47, 3, 0, 2, 48])),
        new("confusion-two", "Two classes, large counts", Confusion(["ham", "spam"], [1234567, 890, 4321, 98765])),
        new("confusion-one", "One class", Confusion(["only"], [7])),
        new("confusion-empty", "No classes", Confusion([], [])),
        new("confusion-no-support", "A class that is predicted but never occurs", Confusion(["cat", "dog", "ghost"], [5, 1, 2, 0, 6, 1, 0, 0, 0])),
        new("confusion-long-labels", "Labels of sixty characters, wide and hostile ones", Confusion([Long, "短い", "とても長い日本語のクラス名がここにあります", "🐈 cat", Hostile], [.. Enumerable.Range(0, 25).Select(i => (long)(i % 6 == 0 ? 40 + i : i))])),
        new("confusion-12", "Twelve classes", Diagonal(12)),
        new("confusion-30", "Thirty classes, the most that are drawn as a matrix", Diagonal(30)),
        new("confusion-1000", "A thousand classes: the largest confusions instead of a grey square", Diagonal(1000)),
        new("confusion-columns", "Shares of each predicted class", Confusion(["cat", "dog"], [8, 2, 1, 9]) with { Share = ConfusionShare.Column }),
        new("bar", "The largest confusions among 100 classes", Bars(20)),
        new("bar-negative", "Positive, negative, zero and values that are not finite", Bar([new("up", 12.5), new("down", -7.25), new("flat", 0), new("undefined", double.NaN), new("endless", double.PositiveInfinity)])),
        new("bar-one", "One bar with a label of sixty characters", Bar([new(Long, 3)])),
        new("bar-equal", "All equal", Bar([new("a", 2), new("b", 2), new("c", 2)])),
        new("bar-zero", "All zero", Bar([new("a", 0), new("b", 0)])),
        new("bar-empty", "No bars", Bar([])),
        new("bar-100", "A hundred bars", Bar([.. Enumerable.Range(0, 100).Select(i => new ChartBar($"class {i}", 100 - i))])),
        new("bar-series", "Bars of two revisions", new BarChartData { Title = "Recall by class", ValueName = "recall", SeriesNames = ["main", "workspace"], Bars = [new("cat", 0.8), new("", 0.85, 1), new("dog", 0.9), new("", 0.7, 1)] }),
        new("bar-hostile", "Hostile and wide labels", Bar([new(Hostile, 1), new("とても長い日本語のクラス名がここにありますからさらに切り詰められるはずです", 2), new("🐈🐕🦜", 3)])),
    ];

    private static LineSeries Decades(string name, double speed) => Series(name, [.. Enumerable.Range(0, 60).Select(i => (double)i)], [.. Enumerable.Range(0, 60).Select(i => 20 * Math.Pow(10, -i * speed / 10) + 1e-4)]);

    private static LineChartData Line(string title, IReadOnlyList<LineSeries> series) => new() { Title = title, XName = "epoch", Series = series };

    private static LineSeries Series(string name, double[] x, double[] y) => new() { Name = name, X = x, Y = y };

    private static LineSeries Decay(string name, int count, int stride, double offset) =>
        Series(name, [.. Enumerable.Range(0, count).Select(i => (double)(i * stride))], [.. Enumerable.Range(0, count).Select(i => offset + 2 * Math.Exp(-i * stride / 15.0) + 0.03 * Math.Sin(i * 1.7))]);

    private static IReadOnlyList<LineSeries> Smoothed()
    {
        double[] x = [.. Enumerable.Range(0, 200).Select(i => (double)i)];
        double[] Raw(double offset, double noise) => [.. x.Select(i => offset + Math.Exp(-i / 40) + noise * Math.Sin(i * 2.7) * Math.Cos(i * 1.3))];
        double[] Smooth(double offset) => [.. x.Select(i => offset + Math.Exp(-i / 40))];
        return
        [
            Series("train raw", x, Raw(0.1, 0.15)) with { IsFaint = true, Color = 0 },
            Series("train", x, Smooth(0.1)) with { Color = 0 },
            Series("validation raw", x, Raw(0.3, 0.2)) with { IsFaint = true, Color = 1 },
            Series("validation", x, Smooth(0.3)) with { Color = 1 },
            Series("validation (baseline)", x, Smooth(0.45)) with { Color = 1, IsDashed = true },
        ];
    }

    private static LineSeries Gap()
    {
        double[] y = [.. Enumerable.Range(0, 100).Select(i => i is >= 40 and < 55 or 70 or 72 ? double.NaN : 1.2 + 0.3 * Math.Sin(i / 8.0))];
        return Series("grad_norm", [.. Enumerable.Range(0, 100).Select(i => (double)i)], y);
    }

    private static LineSeries Spike(int count)
    {
        double[] y = [.. Enumerable.Range(0, count).Select(i => i == 31_415 ? 9.5 : 2 * Math.Exp(-i / 20_000.0) + 0.2 * Math.Sin(i * 0.7))];
        return Series("loss", [.. Enumerable.Range(0, count).Select(i => (double)i)], y);
    }

    private static ConfusionChartData Confusion(IReadOnlyList<string> labels, IReadOnlyList<long> counts) => new() { Title = "Confusion matrix", Labels = labels, Counts = [.. counts.Select(count => (double)count)] };

    private static ConfusionChartData Diagonal(int n) => Confusion(
        [.. Enumerable.Range(0, n).Select(i => $"class {i} of them")],
        [.. Enumerable.Range(0, n * n).Select(i => i / n == i % n ? 90L + i % 30 * 40 : i * 7919L % 11 == 0 ? i % 13 : 0)]);

    private static BarChartData Bar(IReadOnlyList<ChartBar> bars) => new() { Title = "Bars", ValueName = "cases", Bars = bars };

    private static BarChartData Bars(int n) => new()
    {
        Title = "Largest confusions",
        ValueName = "cases (actual → predicted)",
        Bars = [.. Enumerable.Range(0, n).Select(i => new ChartBar($"class {i * 37 % 100} → class {(i * 53 + 1) % 100}", 120 - i * 5))],
    };
}
