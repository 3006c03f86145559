using System.Globalization;
using CmlNet.Reports.Model;
using CmlNet.Reports.Numbers;
using CmlNet.Reports.Readers;
using CmlNet.Reports.Statistics;

namespace CmlNet.Reports.Sections.Regression;

/// <summary>How far the predictions of a regression are off.</summary>
internal sealed class RegressionSection : IReportSection
{
    public string Name => "regression";

    public ReportSection? Build(SectionInput input, CancellationToken cancellationToken)
    {
        List<ReportBlock> blocks = [.. SectionNotes.Failures(input, RegressionReader.ReaderName)];
        foreach (RegressionArtifact predictions in input.Artifacts.OfType<RegressionArtifact>())
        {
            cancellationToken.ThrowIfCancellationRequested();
            Add(predictions, blocks);
        }

        return blocks.Count == 0 ? null : new ReportSection { Name = Name, Title = "Regression", Blocks = blocks };
    }

    private static void Add(RegressionArtifact predictions, List<ReportBlock> blocks)
    {
        RegressionScores scores = RegressionScores.Of(predictions.Actual, predictions.Predicted);
        blocks.Add(new ParagraphBlock(
            new TextRun($"RMSE {FiveDigits.Format(scores.RootMeanSquaredError)}", RunStyle.Strong),
            new TextRun(string.Create(CultureInfo.InvariantCulture, $" on {scores.Count} rows of {predictions.Path} (actual: {predictions.ActualColumn}, predicted: {predictions.PredictedColumn})."))));
        blocks.AddRange(SectionNotes.Warnings(predictions));
        blocks.Add(new TableBlock
        {
            Columns = [new("Figure"), new("Value", IsNumeric: true)],
            Rows =
            [
                ["MAE", FiveDigits.Format(scores.MeanAbsoluteError)],
                ["MSE", FiveDigits.Format(scores.MeanSquaredError)],
                ["RMSE", FiveDigits.Format(scores.RootMeanSquaredError)],
                ["R²", scores.R2 is { } r2 ? FiveDigits.Format(r2) : "–"],
                ["MAPE (fraction)", FiveDigits.Format(scores.MeanAbsolutePercentageError)],
                ["explained variance", FiveDigits.Format(scores.ExplainedVariance)],
                ["median absolute error", FiveDigits.Format(scores.MedianAbsoluteError)],
                ["max error", FiveDigits.Format(scores.MaxError)],
                ["bias (mean of actual - predicted)", FiveDigits.Format(scores.Bias)],
            ],
        });
        if (scores.R2 is null)
            blocks.Add(new NoteBlock("R² is undefined for a single row."));
        if (predictions.Actual.Any(value => Math.Abs(value) < 1e-6))
            blocks.Add(new NoteBlock("MAPE means little here: a true value is 0, or nearly so."));
    }
}
