using CmlNet.Reports.Charts.Rates;
using CmlNet.Reports.Findings;
using CmlNet.Reports.Model;
using CmlNet.Reports.Predictions;
using CmlNet.Reports.Readers;

namespace CmlNet.Reports.Sections.Classification;

/// <summary>Reliability diagram; for a positive class also ROC and precision by recall.</summary>
internal static class ScoreCharts
{
    public static IEnumerable<ReportBlock> Of(ClassificationResult result, string suffix)
    {
        if (result.Figures.Probability is { Bins.Count: > 0 } probability)
        {
            var calibration = new List<RateCurve> { Curve("this run", probability) };
            if (result.Old?.Probability is { Bins.Count: > 0 } old)
                calibration.Add(Curve("baseline", old) with { IsBaseline = true });
            yield return new ChartBlock("calibration" + suffix, new CalibrationChartData { Title = "Calibration", Curves = calibration });
        }

        PredictionsArtifact predictions = result.Predictions;
        if (predictions is not { Scores: not null, Positive: { } positive })
            yield break;
        bool compares = result.OldPredictions?.Scores is not null;
        string label = predictions.Labels[positive], title = compares ? $": {label}" : "";
        List<RateCurve> roc = [RateCurves.Roc(compares ? "this run" : label, Scores(predictions, positive), Truth(predictions, positive), predictions.Weights)];
        List<RateCurve> precision = [RateCurves.PrecisionRecall(roc[0].Name, Scores(predictions, positive), Truth(predictions, positive), predictions.Weights)];
        if (compares && result.OldPredictions is { } before)
        {
            roc.Add(RateCurves.Roc("baseline", Scores(before, positive), Truth(before, positive), before.Weights) with { IsBaseline = true });
            precision.Add(RateCurves.PrecisionRecall("baseline", Scores(before, positive), Truth(before, positive), before.Weights) with { IsBaseline = true });
        }

        yield return new ChartBlock("roc" + suffix, new RocChartData { Title = "ROC" + title, Curves = roc });
        yield return new ChartBlock("precision-recall" + suffix, new PrecisionRecallChartData { Title = "Precision by recall" + title, Curves = precision });
    }

    private static double[] Scores(PredictionsArtifact predictions, int positive) => predictions.Scores is not { } scores ? []
        : [.. Enumerable.Range(0, predictions.Actual.Length).Select(row => scores.Values[row * scores.Columns + (scores.IsSingle ? 0 : positive)])];

    private static bool[] Truth(PredictionsArtifact predictions, int positive) => [.. predictions.Actual.Select(label => label == positive)];

    private static RateCurve Curve(string name, ProbabilityFigures probability) => new()
    {
        Name = name,
        X = [.. probability.Bins.Select(bin => bin.Confidence)],
        Y = [.. probability.Bins.Select(bin => bin.Accuracy)],
        Counts = [.. probability.Bins.Select(bin => bin.Count)],
        Score = probability.CalibrationError,
    };
}
