using CmlNet.Reports.Charts;
using CmlNet.Reports.Charts.Bar;
using CmlNet.Reports.Charts.Confusion;
using CmlNet.Reports.Findings;
using CmlNet.Reports.Model;
using CmlNet.Reports.Numbers;
using CmlNet.Reports.Readers;
using CmlNet.Reports.Statistics;

namespace CmlNet.Reports.Sections.Classification;

/// <summary>A classifier's figures beside the baseline's, the confusion matrix (or, with many classes, the largest confusions), the figures by class, and what helps to understand the errors.</summary>
internal sealed class ClassificationSection : IReportSection
{
    private const int ConfusionBars = 20;
    private const double MostTurnedAround = 0.4;

    public string Name => "classification";

    public ReportSection? Build(SectionInput input, CancellationToken cancellationToken)
    {
        List<ReportBlock> blocks = [.. SectionNotes.Failures(input, PredictionsReader.ReaderName)];
        int number = 0;
        foreach (ClassificationResult result in input.Facts.Findings.Classification)
        {
            cancellationToken.ThrowIfCancellationRequested();
            number++;
            Add(result, number == 1 ? "" : $"-{number}", input.Facts, blocks);
        }

        return blocks.Count == 0 ? null : new ReportSection { Name = Name, Title = "Classification", Blocks = blocks };
    }

    private static void Add(ClassificationResult result, string suffix, ReportFacts facts, List<ReportBlock> blocks)
    {
        PredictionsArtifact predictions = result.Predictions;
        blocks.Add(new ParagraphBlock(
            new TextRun($"Accuracy {FiveDigits.Format(result.Figures["accuracy"] ?? double.NaN)}", RunStyle.Strong),
            new TextRun($"{Interval(result)} on {predictions.Actual.Length} {(predictions.Actual.Length == 1 ? "row" : "rows")}{(predictions.Weights is null ? "" : ", weighted,")} of {predictions.Path}, {result.Matrix.Labels.Count} {(result.Matrix.Labels.Count == 1 ? "class" : "classes")} (actual: {predictions.ActualColumn}, predicted: {predictions.PredictedColumn}). Precision, recall and F1 are {(predictions.Positive is { } one ? $"of {predictions.Labels[one]}" : "macro averages")}.")));
        blocks.AddRange(SectionNotes.Warnings(predictions));
        if (result.Refusal is { } refusal)
            blocks.Add(new NoteBlock($"{predictions.Path} is not compared with the baseline, which was evaluated on other rows: {refusal}."));
        if (IsTurnedAround(result))
            blocks.Add(new NoteBlock($"The rows of {predictions.Labels[predictions.Positive!.Value]} mostly have the lower scores: ROC AUC is below 0.5. Are the scores those of the other class? Then name that one as positive.")); // asked for
        blocks.Add(FigureTable.Of([.. facts.Findings.Figures.Where(figure => figure.File == predictions.Path)], facts));
        blocks.Add(new ChartBlock("confusion" + suffix, Confusions(result.Matrix, predictions.Share)));
        if (result.Matrix.Labels.Count is > 2 and <= ConfusionChart.MostClasses && ClassTables.MostConfused(result.Matrix) is { } confused)
            blocks.Add(confused);
        blocks.Add(ClassTables.Scores(result));
        blocks.AddRange(ScoreCharts.Of(result, suffix));
        blocks.AddRange(DetailTables.Of(result));
        if (UndefinedNote.Of(result) is { } note)
            blocks.Add(new NoteBlock(note));
    }

    // One column of scores is of the positive class; which that is, is easily mistaken.
    private static bool IsTurnedAround(ClassificationResult result) =>
        result.Predictions is { Scores.IsSingle: true, Positive: not null } && result.Figures.Probability?.RocAuc < MostTurnedAround;

    private static string Interval(ClassificationResult result) =>
        result.Predictions.Weights is null && Proportions.Wilson((long)result.Matrix.Hits.Sum(), (long)result.Matrix.Total) is { } interval ? $" (95 % interval {FiveDigits.Format(Math.Round(interval.Low, 4))} to {FiveDigits.Format(Math.Round(interval.High, 4))})" : "";

    private static ChartData Confusions(ConfusionMatrix matrix, ConfusionShare share)
    {
        int n = matrix.Labels.Count;
        if (n > ConfusionChart.MostClasses)
        {
            return new BarChartData
            {
                Title = "Largest confusions",
                ValueName = "cases (actual → predicted)",
                EmptyMessage = "no case was confused",
                Bars = [.. matrix.Confusions().Take(ConfusionBars).Select(c => new ChartBar($"{matrix.Labels[c.Actual]} → {matrix.Labels[c.Predicted]}", c.Count))],
            };
        }

        var counts = new double[n * n];
        for (int i = 0; i < counts.Length; i++)
            counts[i] = matrix[i / n, i % n];
        return new ConfusionChartData { Title = "Confusion matrix", Labels = matrix.Labels, Counts = counts, Share = share };
    }
}
