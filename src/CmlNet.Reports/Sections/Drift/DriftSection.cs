using CmlNet.Reports.Drift;
using CmlNet.Reports.Model;
using CmlNet.Reports.Numbers;

namespace CmlNet.Reports.Sections.Drift;

/// <summary>How many columns have moved, and each with its test and a small picture of both sides.</summary>
internal sealed class DriftSection : IReportSection
{
    private const int FoldFrom = 15;
    private const int MostRows = 200;

    public string Name => "drift";

    public ReportSection? Build(SectionInput input, CancellationToken cancellationToken)
    {
        List<ReportBlock> blocks = [.. SectionNotes.Failures(input, DriftReader.ReaderName)];
        foreach (DriftResult result in input.Facts.Findings.Drift)
            Add(result, blocks);
        return blocks.Count == 0 ? null : new ReportSection { Name = Name, Title = "Drift", Blocks = blocks };
    }

    private static void Add(DriftResult result, List<ReportBlock> blocks)
    {
        string share = result.Share is { } part ? $" ({FiveDigits.Format(Math.Round(part * 100, 1))} %)" : "";
        blocks.Add(new ParagraphBlock(
            new TextRun($"{result.Drifted} of {result.Columns.Count} columns drifted{share}:", RunStyle.Strong),
            new TextRun($" {result.CurrentRows} rows of {result.File} against {result.ReferenceRows} of {result.ReferenceFile}. {(result.IsDrifted ? "The data as a whole counts as drifted (half of the columns or more)." : "The data as a whole does not count as drifted (fewer than half of the columns).")}")));
        blocks.Add(new TableBlock
        {
            Columns = [new("Column"), new("Reference"), new("Now"), new("Test"), new("Statistic", IsNumeric: true), new("p", IsNumeric: true), new("Drift if"), new("Verdict")],
            Rows = [.. result.Columns.Take(MostRows).Select(Row)],
            CollapsedUnder = result.Columns.Count > FoldFrom ? $"{result.Columns.Count} columns" : null,
        });
        if (result.Columns.Count > MostRows)
            blocks.Add(new NoteBlock($"The {MostRows} columns that moved most are shown."));
        if (result.Skipped.Count > 0)
            blocks.Add(new NoteBlock($"Not tested: {string.Join(", ", result.Skipped.Take(20))}{(result.Skipped.Count > 20 ? $" and {result.Skipped.Count - 20} more" : "")}."));
    }

    private static string[] Row(DriftColumn column) =>
    [
        column.Name, Sparkline.Of(column.Reference), Sparkline.Of(column.Current), column.Test,
        column.Statistic is { } statistic ? FiveDigits.Format(statistic) : "–", column.P is { } p ? FiveDigits.Format(p, p < 0.01 ? 2 : 5) : "",
        column.Test == "type" ? "the type changes" : column.P is null ? $"≥ {FiveDigits.Format(column.Threshold)}" : column.Test == "ks" ? $"p ≤ {FiveDigits.Format(column.Threshold)}" : $"p < {FiveDigits.Format(column.Threshold)}",
        column.IsDrifted ? "⚠️ drifted" : "",
    ];
}
