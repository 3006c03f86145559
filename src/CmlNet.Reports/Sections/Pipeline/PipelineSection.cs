using System.Globalization;
using CmlNet.Reports.Model;
using CmlNet.Reports.Projects;

namespace CmlNet.Reports.Sections.Pipeline;

/// <summary>The stages of a DVC project: a picture of what needs what, and which of them ran, came from the cache, changed or wait.</summary>
internal sealed class PipelineSection : IReportSection
{
    private const int MostRows = 200;

    public string Name => "pipeline";

    public ReportSection? Build(SectionInput input, CancellationToken cancellationToken)
    {
        if (input.Facts.Findings.Project is not { } project)
            return null;
        List<ReportBlock> blocks = [.. ProjectNotes.Of(project, Name)];
        if (project.Stages.Count > 0)
        {
            blocks.Add(new ParagraphBlock(new TextRun(Summary(project.Stages))));
            if (PipelineGraph.Of(project.Stages) is { } graph)
                blocks.Add(new ChartBlock("pipeline", graph));
            else
                blocks.Add(new NoteBlock($"{project.Stages.Count} stages are more than can be drawn."));
            blocks.Add(Table(project.Stages));
            if (project.Stages.Count > MostRows)
                blocks.Add(new NoteBlock($"The first {MostRows} of {project.Stages.Count} stages are shown."));
        }

        return blocks.Count == 0 ? null : new ReportSection { Name = Name, Title = "Pipeline", Blocks = blocks };
    }

    private static string Summary(IReadOnlyList<StageFacts> stages)
    {
        IEnumerable<string> counts = stages.GroupBy(stage => stage.State).OrderBy(group => group.Key).Select(group => $"{group.Count()} {StageText.Of(group.Key)}");
        return $"{(stages.Count == 1 ? "1 stage or tracked file" : $"{stages.Count} stages and tracked files")}: {string.Join(", ", counts)}.";
    }

    private static TableBlock Table(IReadOnlyList<StageFacts> stages)
    {
        bool run = stages.Any(stage => stage.Run is not null), compared = stages.Any(stage => stage.ChangedInputs is not null);
        List<TableColumn> columns = [new("Stage")];
        if (run)
            columns.Add(new TableColumn("Last run here"));
        if (compared)
            columns.Add(new TableColumn("Since the baseline"));
        columns.Add(new TableColumn("Now"));
        return new TableBlock
        {
            Columns = columns,
            Rows = [.. stages.Take(MostRows).Select(stage => (string[])[stage.Name, .. run ? [Run(stage)] : Array.Empty<string>(), .. compared ? [Since(stage)] : Array.Empty<string>(), stage.Pending.Count == 0 ? "up to date" : string.Join("; ", stage.Pending)])],
            FaintRows = stages.Take(MostRows).Index().Where(stage => stage.Item.State == StageState.Unchanged).Select(stage => stage.Index).ToHashSet(),
            CollapsedUnder = "Stages",
        };
    }

    private static string Run(StageFacts stage) => stage.Run is not { } run ? "–" : StageText.Of(run) + run.At.ToUniversalTime().ToString("', 'yyyy-MM-dd HH:mm 'UTC'", CultureInfo.InvariantCulture);

    private static string Since(StageFacts stage)
    {
        if (stage.IsNew)
            return "new";
        if (stage.ChangedInputs is null || !stage.IsChanged)
            return "same";
        string inputs = string.Join(", ", stage.ChangedInputs), outputs = string.Join(", ", stage.ChangedOutputs);
        return inputs.Length == 0 ? $"changed {outputs}" : outputs.Length == 0 ? $"{inputs}; same outputs" : $"{inputs}; changed {outputs}";
    }
}
