using System.Globalization;
using CmlNet.Reports.Findings;
using CmlNet.Reports.Model;
using CmlNet.Reports.Numbers;
using CmlNet.Reports.Statistics;

namespace CmlNet.Reports.Sections.Classification;

/// <summary>The figures by class, and the pairs of classes most often confused.</summary>
internal static class ClassTables
{
    private const int FoldFrom = 15;
    private const int MostClassRows = 100;
    private const int MostPairs = 10;

    public static TableBlock Scores(ClassificationResult result)
    {
        var scores = new ClassificationScores(result.Matrix);
        IReadOnlyList<RankingScores> ranking = result.Figures.Probability?.PerClass ?? [];
        bool all = scores.Classes.Count <= MostClassRows;
        IEnumerable<(ClassScore Score, int Place)> classes = scores.Classes.Select((score, i) => (score, i));
        IEnumerable<(ClassScore Score, int Place)> shown = all ? classes : classes.OrderBy(one => one.Score.F1 ?? 0).Take(MostClassRows);
        List<string[]> rows = [.. shown.Select(one => Row(one.Score.Label, one.Score.Precision, one.Score.Recall, one.Score.F1, one.Score.Support, ranking.Count == 0 ? null : ranking[one.Place]))];
        double total = result.Matrix.Total;
        rows.Add(Row("macro average", scores.Macro.Precision, scores.Macro.Recall, scores.Macro.F1, total, Average(ranking)));
        rows.Add(Row("weighted average", scores.Weighted.Precision, scores.Weighted.Recall, scores.Weighted.F1, total, null));
        List<TableColumn> columns = [new("Class"), new("Precision", IsNumeric: true), new("Recall", IsNumeric: true), new("F1", IsNumeric: true), new("Support", IsNumeric: true)];
        if (ranking.Count > 0)
            columns.AddRange([new("ROC AUC", IsNumeric: true), new("Average precision", IsNumeric: true)]);
        return new TableBlock
        {
            Columns = columns,
            Rows = [.. rows.Select(row => row[..columns.Count])],
            CollapsedUnder = scores.Classes.Count <= FoldFrom ? null : all ? "Figures by class" : $"Figures by class: the {MostClassRows} of {scores.Classes.Count} classes with the lowest F1",
        };
    }

    /// <summary>Null when no case was confused.</summary>
    public static TableBlock? MostConfused(ConfusionMatrix matrix)
    {
        IReadOnlyList<Confusion> confusions = matrix.Confusions();
        double wrong = confusions.Sum(one => one.Count);
        return wrong == 0 ? null : new TableBlock
        {
            Columns = [new("Actual"), new("Taken for"), new("Rows", IsNumeric: true), new("Of the class", IsNumeric: true), new("Of all errors", IsNumeric: true)],
            Rows = [.. confusions.Take(MostPairs).Select(one => (string[])[matrix.Labels[one.Actual], matrix.Labels[one.Predicted], FiveDigits.Count(one.Count), Percent(one.Count, matrix.Support[one.Actual]), Percent(one.Count, wrong)])],
            CollapsedUnder = "Most confused pairs",
        };
    }

    private static RankingScores? Average(IReadOnlyList<RankingScores> ranking) =>
        ranking.Count == 0 ? null : new RankingScores(ranking.Any(one => one.RocAuc is null) ? null : ranking.Average(one => one.RocAuc), ranking.Any(one => one.AveragePrecision is null) ? null : ranking.Average(one => one.AveragePrecision));

    private static string[] Row(string name, double? precision, double? recall, double? f1, double support, RankingScores? ranking) =>
        [name, Figure(precision), Figure(recall), Figure(f1), FiveDigits.Count(support), Figure(ranking?.RocAuc), Figure(ranking?.AveragePrecision)];

    private static string Figure(double? value) => value is { } number ? FiveDigits.Format(number) : "–";

    private static string Percent(double part, double whole) => string.Create(CultureInfo.InvariantCulture, $"{100.0 * part / whole:0.0} %");
}
