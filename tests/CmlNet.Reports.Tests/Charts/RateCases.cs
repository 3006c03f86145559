using CmlNet.Reports.Charts.Rates;

namespace CmlNet.Reports.Tests.Charts;

/// <summary>ROC, precision-recall and reliability.</summary>
internal static class RateCases
{
    private static readonly (double[] Scores, bool[] Truth) Good = Scores(2000, 0.6), Poor = Scores(2000, 0.2);

    public static IReadOnlyList<GalleryCase> All =>
    [
        new("roc", "A run against its baseline", new RocChartData { Title = "ROC", Curves = [RateCurves.Roc("this run", Good.Scores, Good.Truth), RateCurves.Roc("main", Poor.Scores, Poor.Truth) with { IsBaseline = true }] }),
        new("roc-classes", "One against the rest, ten classes", new RocChartData { Title = "ROC", Curves = [.. Enumerable.Range(0, 10).Select(i => { var (scores, truth) = Scores(400, 0.05 * i); return RateCurves.Roc(i == 3 ? GalleryCases.Long : $"class {i}", scores, truth); })] }),
        new("roc-one-class", "Undefined: only one class", new RocChartData { Title = "ROC", Curves = [RateCurves.Roc("this run", [0.1, 0.9], [true, true])] }),
        new("roc-empty", "No curves", new RocChartData { Title = "ROC", Curves = [] }),
        new("roc-perfect", "Without a mistake", new RocChartData { Title = "ROC", Curves = [RateCurves.Roc("this run", [0.1, 0.2, 0.8, 0.9], [false, false, true, true])] }),
        new("pr", "With the share of positives as the line without skill", new PrecisionRecallChartData { Title = "Precision and recall", Curves = [RateCurves.PrecisionRecall("this run", Good.Scores, Good.Truth), RateCurves.PrecisionRecall("main", Poor.Scores, Poor.Truth) with { IsBaseline = true }] }),
        new("pr-equal", "All scores equal", new PrecisionRecallChartData { Title = "Precision and recall", Curves = [RateCurves.PrecisionRecall("this run", [0.5, 0.5, 0.5, 0.5], [true, false, false, false])] }),
        new("pr-empty", "No positive", new PrecisionRecallChartData { Title = "Precision and recall", Curves = [RateCurves.PrecisionRecall("this run", [0.5], [false])] }),
        new("calibration", "Two models with the number of cases in each bin", new CalibrationChartData { Title = "Reliability", Curves = [RateCurves.Calibration("this run", Good.Scores, Good.Truth), RateCurves.Calibration("main", Poor.Scores, Poor.Truth) with { IsBaseline = true }] }),
        new("calibration-points", "Points alone, as scikit-learn gives them", new CalibrationChartData { Title = "Reliability", Curves = [new RateCurve { Name = "this run", X = [0.2, 0.525, 0.85], Y = [0, 0.5, 1] }] }),
        new("calibration-one-point", "One case", new CalibrationChartData { Title = "Reliability", Curves = [RateCurves.Calibration("this run", [0.7], [true])] }),
        new("calibration-empty", "No cases", new CalibrationChartData { Title = "Reliability", Curves = [RateCurves.Calibration("this run", [double.NaN], [true])] }),
        new("roc-1000000", "A million cases", new RocChartData { Title = "ROC", Curves = [Million()] }),
    ];

    private static RateCurve Million()
    {
        var (scores, truth) = Scores(1_000_000, 0.4);
        return RateCurves.Roc("this run", scores, truth);
    }

    private static (double[] Scores, bool[] Truth) Scores(int count, double skill)
    {
        bool[] truth = [.. Enumerable.Range(1, count).Select(i => i * 0.7548777 % 1 < 0.3)];
        return ([.. truth.Select((positive, i) => Math.Clamp(0.3 + (positive ? skill : 0) + 0.6 * ((i * 0.5698403 % 1) - 0.5), 0, 1))], truth);
    }
}
