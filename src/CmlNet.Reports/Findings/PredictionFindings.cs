using CmlNet.Reports.Predictions;
using CmlNet.Reports.Readers;
using CmlNet.Reports.Sections.Classification;
using CmlNet.Reports.Statistics;

namespace CmlNet.Reports.Findings;

/// <summary>Predictions of both sides → everything that is said about them.</summary>
/// <param name="resamples">Of each bootstrap.</param>
/// <param name="scoreResamples">Of those that visit every row for every class.</param>
internal sealed class PredictionFindings(int resamples, int scoreResamples)
{
    private const int MostExamples = 10;

    public PredictionFindings(int resamples)
        : this(resamples, resamples)
    {
    }

    public ClassificationResult Classify(PredictionsArtifact now, PredictionsArtifact? old, CancellationToken cancellationToken)
    {
        (PairedPredictions? paired, string? refusal) = old is null ? (null, null) : PairedPredictions.Of(now, old);
        IReadOnlyList<SliceColumn> columns = now.Rows?.Slices ?? [];
        Grouping[] groupings = [Grouping.Whole, .. columns.Select(column => new Grouping(column.Codes, column.Values.Count))];
        ClassificationFigures[][] figures = ClassificationEvaluation.Of(now, groupings, cancellationToken);
        ClassificationFigures[][]? before = paired is null ? null : ClassificationEvaluation.Of(paired.Old, groupings, cancellationToken);
        IReadOnlyList<SliceResult> slices = [];
        ClassificationResult? details = null;
        Parallel.Invoke(
            new ParallelOptions { CancellationToken = cancellationToken },
            () => slices = columns.Count == 0 ? [] : new ClassificationSlices(now, paired, figures[0][0], cancellationToken).Of(columns, figures[1..], before?[1..]),
            () => details = Details(now, paired, figures[0][0]));
        return details! with // set above
        {
            Old = before?[0][0],
            OldPredictions = paired?.Old,
            Refusal = refusal,
            Significance = paired is null || before is null ? [] : new ClassificationSignificance(paired, now.Path, (resamples, scoreResamples), cancellationToken).Of(before[0][0], figures[0][0]),
            Slices = slices,
        };
    }

    private static ClassificationResult Details(PredictionsArtifact now, PairedPredictions? paired, ClassificationFigures figures) => new()
    {
        Predictions = now,
        Matrix = new ConfusionMatrix(now),
        Figures = figures,
        Thresholds = ClassificationDetails.Thresholds(now),
        Tags = ClassificationDetails.Tags(now),
        Worst = ClassificationDetails.Worst(now, paired),
    };

    public RegressionResult Regress(RegressionArtifact now, RegressionArtifact? old, CancellationToken cancellationToken)
    {
        (double[]? before, string? refusal) = old is null ? (null, null) : RegressionComparison.Align(now, old);
        RegressionScores scores = RegressionScores.Of(now.Actual, now.Predicted, now.Weights);
        return new RegressionResult
        {
            Predictions = now,
            Scores = scores,
            Old = before is null ? null : RegressionScores.Of(now.Actual, before, now.Weights),
            Refusal = refusal,
            Significance = before is null ? [] : RegressionComparison.Of(now, before, resamples, cancellationToken),
            Slices = RegressionSlices.Of(now, before, scores),
            Worst = now.Rows is not { } rows ? [] :
            [
                .. Enumerable.Range(0, now.Actual.Length).OrderByDescending(row => Math.Abs(now.Actual[row] - now.Predicted[row])).Take(MostExamples)
                    .Select(row => new WorstExample(rows.Name(row), Numbers.FiveDigits.Format(now.Actual[row]), Numbers.FiveDigits.Format(now.Predicted[row]), now.Actual[row] - now.Predicted[row], before is null ? null : Numbers.FiveDigits.Format(before[row]))),
            ],
        };
    }
}
