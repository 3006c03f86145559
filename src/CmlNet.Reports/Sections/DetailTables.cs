using System.Globalization;
using CmlNet.Reports.Findings;
using CmlNet.Reports.Model;
using CmlNet.Reports.Numbers;

namespace CmlNet.Reports.Sections;

/// <summary>Thresholds, tags and worst rows, folded away.</summary>
internal static class DetailTables
{
    private const int MostTags = 100;

    public static IEnumerable<ReportBlock> Of(ClassificationResult result)
    {
        if (result.Thresholds.Count > 0)
            yield return Thresholds(result);
        if (result.Tags.Count > 0)
            yield return Tags(result.Tags);
        if (result.Worst.Count > 0)
            yield return Worst(result.Worst, result.Worst.Any(one => one.Score is not null) ? "Probability of the actual class" : "Score", "Most wrong rows");
    }

    public static TableBlock Worst(IReadOnlyList<WorstExample> worst, string scoreName, string title)
    {
        bool scored = worst.Any(one => one.Score is not null), compared = worst.Any(one => one.Baseline is not null);
        List<TableColumn> columns = [new("Row"), new("Actual"), new("Predicted")];
        if (compared)
            columns.Add(new TableColumn("Baseline"));
        if (scored)
            columns.Add(new TableColumn(scoreName, IsNumeric: true));
        return new TableBlock
        {
            Columns = columns,
            Rows = [.. worst.Select(one => (string[])[one.Row, one.Actual, one.Predicted, .. compared ? [one.Baseline ?? "–"] : Array.Empty<string>(), .. scored ? [Figure(one.Score)] : Array.Empty<string>()])],
            CollapsedUnder = title,
        };
    }

    private static TableBlock Thresholds(ClassificationResult result) => new()
    {
        Columns = [new("Threshold", IsNumeric: true), new("Precision", IsNumeric: true), new("Recall", IsNumeric: true), new("F1", IsNumeric: true), new("False positive rate", IsNumeric: true), new("Called positive", IsNumeric: true), new("")],
        Rows = [.. result.Thresholds.Select(one => (string[])[FiveDigits.Format(one.Threshold), Figure(one.Precision), Figure(one.Recall), Figure(one.F1), Figure(one.FalsePositiveRate), one.Called.ToString(CultureInfo.InvariantCulture), one.IsBest ? "greatest F1" : ""])],
        CollapsedUnder = result.Predictions.Positive is { } positive ? $"Thresholds for {result.Predictions.Labels[positive]}" : "Thresholds",
    };

    private static TableBlock Tags(IReadOnlyList<TagResult> tags) => new()
    {
        Columns = [new("Tag"), new("Rows", IsNumeric: true), new("Share", IsNumeric: true), new("Error rate", IsNumeric: true), new("Of all errors", IsNumeric: true), new("Room to improve accuracy", IsNumeric: true)],
        Rows = [.. tags.Take(MostTags).Select(tag => (string[])[tag.Tag, tag.Count.ToString(CultureInfo.InvariantCulture), Percent(tag.Share), Percent(tag.ErrorRate), Percent(tag.ErrorShare), "+" + FiveDigits.Format(tag.Room)])],
        CollapsedUnder = "Error tags",
    };

    private static string Percent(double? share) => share is { } number ? string.Create(CultureInfo.InvariantCulture, $"{100 * number:0.0} %") : "–";

    private static string Figure(double? value) => value is { } number ? FiveDigits.Format(number) : "–";
}
