using CmlNet.Reports.Model;
using CmlNet.Reports.Numbers;
using CmlNet.Reports.Readers;

namespace CmlNet.Reports.Sections.Metrics;

/// <summary>All metrics in one table; a column names the file when there are several.</summary>
internal sealed class MetricsSection : IReportSection
{
    private const int MostRows = 500;
    private const int FoldFrom = 40;

    public string Name => "metrics";

    public ReportSection? Build(SectionInput input, CancellationToken cancellationToken)
    {
        var files = input.Artifacts.OfType<MetricsArtifact>().ToList();
        List<ReportBlock> blocks = [.. SectionNotes.Failures(input, MetricsReader.ReaderName), .. files.SelectMany(SectionNotes.Warnings)];
        if (files.Count > 0)
            AddTable(files, blocks);
        return blocks.Count == 0 ? null : new ReportSection { Name = Name, Title = "Metrics", Blocks = blocks };
    }

    private static void AddTable(List<MetricsArtifact> files, List<ReportBlock> blocks)
    {
        bool several = files.Count > 1;
        var rows = new List<IReadOnlyList<string>>();
        foreach (MetricsArtifact file in files)
        {
            foreach ((string key, Dvc.Values.DvcValue value) in file.Values)
            {
                string name = key.Length == 0 ? file.Path : key;
                rows.Add(several ? [file.Path, name, FiveDigits.Format(value)] : [name, FiveDigits.Format(value)]);
            }
        }

        IReadOnlyList<TableColumn> columns = [new("Metric"), new("Value", IsNumeric: true)];
        blocks.Add(new TableBlock
        {
            Columns = several ? [new("Path"), .. columns] : columns,
            Rows = [.. rows.Take(MostRows)],
            CollapsedUnder = rows.Count > FoldFrom ? $"{rows.Count} metrics" : null,
        });
        if (rows.Count > MostRows)
            blocks.Add(new NoteBlock($"The first {MostRows} of {rows.Count} metrics are shown."));
    }
}
