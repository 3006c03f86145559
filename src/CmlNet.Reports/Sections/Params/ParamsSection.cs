using CmlNet.Reports.Comparison;
using CmlNet.Reports.Model;
using CmlNet.Reports.Numbers;
using CmlNet.Reports.Readers;

namespace CmlNet.Reports.Sections.Params;

/// <summary>The parameters that changed; without a baseline all of them, folded away.</summary>
internal sealed class ParamsSection : IReportSection
{
    private const int MostRows = 300;

    public string Name => "params";

    public ReportSection? Build(SectionInput input, CancellationToken cancellationToken)
    {
        List<ReportBlock> blocks = [.. SectionNotes.Failures(input, ParamsReader.ReaderName), .. input.Artifacts.OfType<ParamsArtifact>().SelectMany(SectionNotes.Warnings)];
        IReadOnlyList<MetricChange> all = input.Facts.Params;
        bool compared = input.Facts.Baseline is { Missing: null };
        var shown = compared ? all.Where(change => change.IsChanged || input.Facts.Others.Any(other => Text(other, change) != Text(change.New))).ToList() : [.. all];
        if (compared && shown.Count == 0 && all.Count > 0)
            blocks.Add(new ParagraphBlock(new TextRun($"None of {all.Count} parameters changed.")));
        if (shown.Count > 0)
            blocks.Add(Table(shown, input.Facts.Others, compared, all.Count));
        if (shown.Count > MostRows)
            blocks.Add(new NoteBlock($"The first {MostRows} of {shown.Count} parameters are shown."));
        return blocks.Count == 0 ? null : new ReportSection { Name = Name, Title = "Parameters", Blocks = blocks };
    }

    private static TableBlock Table(List<MetricChange> shown, IReadOnlyList<OtherRevision> others, bool compared, int total)
    {
        bool several = shown.Select(change => change.File).Distinct(StringComparer.Ordinal).Skip(1).Any();
        List<TableColumn> columns = compared ? [new("Parameter"), new("Baseline"), new("This")] : [new("Parameter"), new("Value")];
        columns.InsertRange(1, others.Select(other => new TableColumn(other.Name)));
        if (several)
            columns.Insert(0, new TableColumn("Path"));
        return new TableBlock
        {
            Columns = columns,
            Rows = [.. shown.Take(MostRows).Select(change => Row(change, others, several, compared))],
            CollapsedUnder = compared ? null : total == 1 ? "1 parameter" : $"{total} parameters",
        };
    }

    private static string[] Row(MetricChange change, IReadOnlyList<OtherRevision> others, bool several, bool compared)
    {
        string name = change.Name.Length == 0 ? change.File : change.Name, value = Text(change.New);
        string[] cells = compared ? [name, .. others.Select(other => Text(other, change)), Text(change.Old), value] : [name, .. others.Select(other => Text(other, change)), value];
        return several ? [change.File, .. cells] : cells;
    }

    private static string Text(OtherRevision other, MetricChange change) => Text(other.Values.GetValueOrDefault((change.File, change.Name)));

    private static string Text(Dvc.Values.DvcValue? value) => value is null ? "–" : ValueText.Of(value);
}
