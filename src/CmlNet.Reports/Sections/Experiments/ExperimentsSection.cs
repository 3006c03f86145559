using CmlNet.Dvc.Values;
using CmlNet.Reports.Model;
using CmlNet.Reports.Numbers;
using CmlNet.Reports.Projects;

namespace CmlNet.Reports.Sections.Experiments;

/// <summary>Experiments of DVC below the commits that they started from, with metrics and the parameters in which they differ.</summary>
internal sealed class ExperimentsSection : IReportSection
{
    private const int MostColumns = 12, OpenRows = 12;

    public string Name => "experiments";

    public ReportSection? Build(SectionInput input, CancellationToken cancellationToken)
    {
        if (input.Facts.Findings.Project is not { } project)
            return null;
        List<ReportBlock> blocks = [.. ProjectNotes.Of(project, Name)];
        if (project.Experiments is { } experiments)
            Add(blocks, experiments);
        return blocks.Count == 0 ? null : new ReportSection { Name = Name, Title = "Experiments", Blocks = blocks };
    }

    private static void Add(List<ReportBlock> blocks, ExperimentFacts experiments)
    {
        string[] metrics = [.. experiments.Metrics.Take(MostColumns)], parameters = [.. experiments.Params.Take(MostColumns)];
        int count = experiments.Rows.Count(row => row.Baseline is not null);
        blocks.Add(new TableBlock
        {
            Columns = [new("Experiment"), new("Commit"), .. metrics.Select(name => new TableColumn(name, IsNumeric: true)), .. parameters.Select(name => new TableColumn(name))],
            Rows = [.. experiments.Rows.Select(row => (string[])[row.Baseline is null ? $"{row.Name} (commit)" : row.Name, row.Commit?[..7] ?? "", .. metrics.Select(name => Text(row.Metrics, name)), .. parameters.Select(name => Text(row.Params, name))])],
            CollapsedUnder = experiments.Rows.Count > OpenRows ? (count == 1 ? "1 experiment" : $"{count} experiments") : null,
        });
        int left = experiments.Metrics.Count - metrics.Length + experiments.Params.Count - parameters.Length;
        if (left > 0)
            blocks.Add(new NoteBlock($"{left} more metrics and parameters: cml dvc exp show."));
    }

    private static string Text(IReadOnlyDictionary<string, DvcValue> values, string name) => !values.TryGetValue(name, out DvcValue? value) ? "–" : value.Kind == DvcValueKind.Number ? FiveDigits.Format(value.Number) : ValueText.Of(value);
}
