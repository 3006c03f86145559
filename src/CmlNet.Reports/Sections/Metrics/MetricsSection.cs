using CmlNet.Reports.Comparison;
using CmlNet.Reports.Model;
using CmlNet.Reports.Numbers;
using CmlNet.Reports.Readers;

namespace CmlNet.Reports.Sections.Metrics;

/// <summary>All metrics, beside the baseline's when there is one; of many, those that changed are shown and the others folded away. A column names the file when there are several.</summary>
internal sealed class MetricsSection : IReportSection
{
    private const int MostRows = 500;
    private const int FoldFrom = 40;

    public string Name => "metrics";

    public ReportSection? Build(SectionInput input, CancellationToken cancellationToken)
    {
        var files = input.Artifacts.OfType<MetricsArtifact>().ToList();
        List<ReportBlock> blocks = [.. SectionNotes.Failures(input, MetricsReader.ReaderName), .. files.SelectMany(SectionNotes.Warnings)];
        if (input.Facts.Metrics.Count > 0)
            AddTable(input.Facts, blocks);
        return blocks.Count == 0 ? null : new ReportSection { Name = Name, Title = "Metrics", Blocks = blocks };
    }

    private static void AddTable(ReportFacts facts, List<ReportBlock> blocks)
    {
        IReadOnlyList<MetricChange> metrics = facts.Metrics;
        bool compared = facts.Baseline is { Missing: null };
        bool several = metrics.Select(change => change.File).Distinct(StringComparer.Ordinal).Skip(1).Any();
        List<TableColumn> columns = compared
            ? [new("Metric"), new("Baseline", IsNumeric: true), new("This", IsNumeric: true), new("Δ", IsNumeric: true), new("Δ %", IsNumeric: true), new("Change")]
            : [new("Metric"), new("Value", IsNumeric: true)];
        columns.InsertRange(1, facts.Others.Select(other => new TableColumn(other.Name, IsNumeric: true)));
        if (several)
            columns.Insert(0, new TableColumn("Path"));
        if (!compared || metrics.Count <= FoldFrom)
        {
            AddRows(metrics, metrics.Count > FoldFrom ? "metrics" : null);
            return;
        }

        List<MetricChange> changed = [.. metrics.Where(change => change.IsChanged)], same = [.. metrics.Where(change => !change.IsChanged)];
        if (changed.Count == 0)
            blocks.Add(new ParagraphBlock(new TextRun($"None of {metrics.Count} metrics changed.")));
        else
            AddRows(changed, changed.Count > FoldFrom ? "metrics that changed" : null);
        if (same.Count > 0)
            AddRows(same, same.Count == 1 ? "metric that did not change" : "metrics that did not change");

        void AddRows(IReadOnlyList<MetricChange> rows, string? folded)
        {
            blocks.Add(new TableBlock
            {
                Columns = columns,
                Rows = [.. rows.Take(MostRows).Select(change => Row(facts, change, several, compared))],
                CollapsedUnder = folded is null ? null : $"{rows.Count} {folded}",
            });
            if (rows.Count > MostRows)
                blocks.Add(new NoteBlock($"The first {MostRows} of {rows.Count} metrics are shown."));
        }
    }

    private static string[] Row(ReportFacts facts, MetricChange change, bool several, bool compared)
    {
        string name = change.Name.Length == 0 ? change.File : change.Name;
        string value = Text(change.New);
        string[] cells = compared ? [name, Text(change.Old), value, ChangeText.Difference(change), ChangeText.Relative(change) ?? "", NoiseText.Outcome(facts, change)] : [name, value];
        cells = [name, .. facts.Others.Select(other => Text(other.Values.GetValueOrDefault((change.File, change.Name)))), .. cells[1..]];
        return several ? [change.File, .. cells] : cells;
    }

    private static string Text(Dvc.Values.DvcValue? value) => value is null ? "–" : FiveDigits.Format(value);
}
