using CmlNet.Reports.Charts.Bar;
using CmlNet.Reports.Charts.Confusion;
using CmlNet.Reports.Model;
using CmlNet.Reports.Numbers;
using CmlNet.Reports.Readers;
using CmlNet.Reports.Statistics;

namespace CmlNet.Reports.Sections.Classification;

/// <summary>Accuracy, the confusion matrix (or, with many classes, the largest confusions) and the figures by class.</summary>
internal sealed class ClassificationSection : IReportSection
{
    private const int ConfusionBars = 20;
    private const int FoldFrom = 15;
    private const int MostClassRows = 100;

    public string Name => "classification";

    public ReportSection? Build(SectionInput input, CancellationToken cancellationToken)
    {
        List<ReportBlock> blocks = [.. SectionNotes.Failures(input, PredictionsReader.ReaderName)];
        int number = 0;
        foreach (PredictionsArtifact predictions in input.Artifacts.OfType<PredictionsArtifact>())
        {
            cancellationToken.ThrowIfCancellationRequested();
            Add(predictions, number++, blocks);
        }

        return blocks.Count == 0 ? null : new ReportSection { Name = Name, Title = "Classification", Blocks = blocks };
    }

    private static void Add(PredictionsArtifact predictions, int number, List<ReportBlock> blocks)
    {
        var matrix = new ConfusionMatrix(predictions);
        var scores = new ClassificationScores(matrix);
        blocks.Add(new ParagraphBlock(
            new TextRun($"Accuracy {FiveDigits.Format(scores.Accuracy)}", RunStyle.Strong),
            new TextRun($" on {matrix.Total} rows of {predictions.Path}, {matrix.Labels.Count} classes (actual: {predictions.ActualColumn}, predicted: {predictions.PredictedColumn}).")));
        var agreement = AgreementScores.Of(matrix);
        blocks.Add(new ParagraphBlock(new TextRun($"Balanced accuracy {Figure(agreement.BalancedAccuracy)}, Matthews correlation {Figure(agreement.MatthewsCorrelation)}, Cohen's kappa {Figure(agreement.CohenKappa)}.")));
        blocks.AddRange(SectionNotes.Warnings(predictions));
        blocks.Add(new ChartBlock(number == 0 ? "confusion" : $"confusion-{number + 1}", Chart(matrix)));
        blocks.Add(ClassTable(scores));
        if (Undefined(matrix) is { } note)
            blocks.Add(new NoteBlock(note));
    }

    private static Charts.ChartData Chart(ConfusionMatrix matrix)
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

        var counts = new long[n * n];
        for (int i = 0; i < counts.Length; i++)
            counts[i] = matrix[i / n, i % n];
        return new ConfusionChartData { Title = "Confusion matrix", Labels = matrix.Labels, Counts = counts };
    }

    private static TableBlock ClassTable(ClassificationScores scores)
    {
        bool all = scores.Classes.Count <= MostClassRows;
        IEnumerable<ClassScore> shown = all ? scores.Classes : scores.Classes.OrderBy(score => score.F1 ?? 0).Take(MostClassRows);
        var rows = shown.Select(score => Row(score.Label, score.Precision, score.Recall, score.F1, score.Support)).ToList();
        long total = scores.Classes.Sum(score => score.Support);
        rows.Add(["accuracy", "", "", FiveDigits.Format(scores.Accuracy), total.ToString(System.Globalization.CultureInfo.InvariantCulture)]);
        rows.Add(Row("macro average", scores.Macro.Precision, scores.Macro.Recall, scores.Macro.F1, total));
        rows.Add(Row("weighted average", scores.Weighted.Precision, scores.Weighted.Recall, scores.Weighted.F1, total));
        return new TableBlock
        {
            Columns = [new("Class"), new("Precision", IsNumeric: true), new("Recall", IsNumeric: true), new("F1", IsNumeric: true), new("Support", IsNumeric: true)],
            Rows = rows,
            CollapsedUnder = scores.Classes.Count <= FoldFrom ? null : all ? "Figures by class" : $"Figures by class: the {MostClassRows} of {scores.Classes.Count} classes with the lowest F1",
        };
    }

    private static string[] Row(string name, double? precision, double? recall, double? f1, long support) =>
        [name, Figure(precision), Figure(recall), Figure(f1), support.ToString(System.Globalization.CultureInfo.InvariantCulture)];

    private static string Figure(double? value) => value is { } number ? FiveDigits.Format(number) : "–";

    private static string? Undefined(ConfusionMatrix matrix)
    {
        var parts = new List<string>();
        Add(parts, "precision is undefined for classes never predicted", matrix, matrix.PredictedCount);
        Add(parts, "recall is undefined for classes that never occur", matrix, matrix.Support);
        return parts.Count == 0 ? null : $"A figure shown as – is undefined (0/0) and counts as 0 in the averages: {string.Join("; ", parts)}.";
    }

    private static void Add(List<string> parts, string reason, ConfusionMatrix matrix, long[] counts)
    {
        var labels = matrix.Labels.Where((_, i) => counts[i] == 0).ToList();
        if (labels.Count > 0)
            parts.Add($"{reason} ({string.Join(", ", labels.Take(10))}{(labels.Count > 10 ? $" and {labels.Count - 10} more" : "")})");
    }
}
