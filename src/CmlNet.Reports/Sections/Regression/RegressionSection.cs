using System.Globalization;
using CmlNet.Reports.Charts.Line;
using CmlNet.Reports.Charts.Residuals;
using CmlNet.Reports.Charts.Scatter;
using CmlNet.Reports.Findings;
using CmlNet.Reports.Model;
using CmlNet.Reports.Numbers;
using CmlNet.Reports.Readers;

namespace CmlNet.Reports.Sections.Regression;

/// <summary>How far the predictions of a regression are off, beside the baseline's.</summary>
internal sealed class RegressionSection : IReportSection
{
    public string Name => "regression";

    public ReportSection? Build(SectionInput input, CancellationToken cancellationToken)
    {
        List<ReportBlock> blocks = [.. SectionNotes.Failures(input, RegressionReader.ReaderName)];
        int number = 0;
        foreach (RegressionResult result in input.Facts.Findings.Regression)
        {
            cancellationToken.ThrowIfCancellationRequested();
            number++;
            Add(result, number == 1 ? "" : $"-{number}", input.Facts, blocks);
        }

        return blocks.Count == 0 ? null : new ReportSection { Name = Name, Title = "Regression", Blocks = blocks };
    }

    private static void Add(RegressionResult result, string suffix, ReportFacts facts, List<ReportBlock> blocks)
    {
        RegressionArtifact predictions = result.Predictions;
        blocks.Add(new ParagraphBlock(
            new TextRun($"RMSE {FiveDigits.Format(result.Scores.RootMeanSquaredError)}", RunStyle.Strong),
            new TextRun(string.Create(CultureInfo.InvariantCulture, $" on {result.Scores.Count} {(result.Scores.Count == 1 ? "row" : "rows")}{(predictions.Weights is null ? "" : ", weighted,")} of {predictions.Path} (actual: {predictions.ActualColumn}, predicted: {predictions.PredictedColumn}). MAPE is a fraction, bias the mean of actual − predicted."))));
        blocks.AddRange(SectionNotes.Warnings(predictions));
        if (result.Refusal is { } refusal)
            blocks.Add(new NoteBlock($"{predictions.Path} is not compared with the baseline, which was evaluated on other rows: {refusal}."));
        blocks.Add(FigureTable.Of([.. facts.Findings.Figures.Where(figure => figure.File == predictions.Path)], facts));
        blocks.Add(new ChartBlock("predicted" + suffix, new ScatterChartData
        {
            Title = "Predicted by actual", XName = predictions.ActualColumn, YName = predictions.PredictedColumn, HasDiagonal = true,
            Series = [new LineSeries { Name = predictions.Path, X = predictions.Actual, Y = predictions.Predicted }],
        }));
        blocks.Add(new ChartBlock("residuals" + suffix, new ResidualsChartData { Title = "Residuals", Actual = predictions.Actual, Predicted = predictions.Predicted }));
        if (result.Worst.Count > 0)
            blocks.Add(DetailTables.Worst(result.Worst, "Error", "Largest errors"));
        if (result.Scores.R2 is null)
            blocks.Add(new NoteBlock("R² is undefined for a single row."));
        if (predictions.Actual.Any(value => Math.Abs(value) < 1e-6))
            blocks.Add(new NoteBlock("MAPE means little here: a true value is 0, or nearly so."));
    }
}
