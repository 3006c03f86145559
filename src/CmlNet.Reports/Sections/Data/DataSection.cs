using CmlNet.Reports.Model;
using CmlNet.Reports.Projects;

namespace CmlNet.Reports.Sections.Data;

/// <summary>Tracked data that differs from the baseline, as <c>dvc diff</c> tells it.</summary>
internal sealed class DataSection : IReportSection
{
    private const int MostRows = 200, OpenRows = 12, HashLength = 8;
    private static readonly string[] States = ["added", "deleted", "renamed", "modified"];

    public string Name => "data";

    public ReportSection? Build(SectionInput input, CancellationToken cancellationToken)
    {
        if (input.Facts.Findings.Project is not { } project)
            return null;
        List<ReportBlock> blocks = [.. ProjectNotes.Of(project, Name)];
        if (project.Data is { Count: 0 })
            blocks.Add(new ParagraphBlock(new TextRun("No tracked data changed.")));
        else if (project.Data is { } changes)
            Add(blocks, changes);
        return blocks.Count == 0 ? null : new ReportSection { Name = Name, Title = "Data", Blocks = blocks };
    }

    private static void Add(List<ReportBlock> blocks, IReadOnlyList<DataFacts> changes)
    {
        // As DVC counts: a folder is no file.
        IEnumerable<string> counts = States.Select(state => (State: state, Count: changes.Count(change => change.State == state && !change.Path.EndsWith('/')))).Where(one => one.Count > 0).Select(one => $"{one.Count} {one.State}");
        string summary = string.Join(", ", counts) is { Length: > 0 } files ? $"Files: {files}." : "Folders changed whose files are not known here.";
        blocks.Add(new ParagraphBlock(new TextRun(summary)));
        blocks.Add(new TableBlock
        {
            Columns = [new("Status"), new("Path"), new("Baseline"), new("This")],
            Rows = [.. changes.Take(MostRows).Select(change => (string[])[change.State, change.OldPath is { } from ? $"{from} → {change.Path}" : change.Path, Short(change.OldHash), Short(change.NewHash)])],
            CollapsedUnder = changes.Count > OpenRows ? "Changed data" : null,
        });
        if (changes.Count > MostRows)
            blocks.Add(new NoteBlock($"The first {MostRows} of {changes.Count} changes are shown."));
    }

    private static string Short(string? hash) => hash is null ? "–" : hash.Length > HashLength ? hash[..HashLength] : hash;
}
