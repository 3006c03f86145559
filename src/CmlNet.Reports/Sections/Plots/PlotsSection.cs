using CmlNet.Reports.Charts;
using CmlNet.Reports.Model;
using CmlNet.Reports.Plots.Definitions;
using CmlNet.Reports.Projects;

namespace CmlNet.Reports.Sections.Plots;

/// <summary>The plots of <c>dvc.yaml</c>, and those that the run left elsewhere: the baseline's with this run's.</summary>
internal sealed class PlotsSection : IReportSection
{
    public string Name => "plots";

    public ReportSection? Build(SectionInput input, CancellationToken cancellationToken)
    {
        int number = 0;
        List<ReportBlock> blocks = input.Facts.Findings.Project is { } project ? Declared(project, ref number, cancellationToken) : [];
        blocks.AddRange(SklearnPlots.Of(input, number, cancellationToken));
        return blocks.Count == 0 ? null : new ReportSection { Name = Name, Title = "Plots", Blocks = blocks };
    }

    private List<ReportBlock> Declared(ProjectFacts project, ref int number, CancellationToken cancellationToken)
    {
        List<ReportBlock> blocks = [.. ProjectNotes.Of(project, Name)];
        foreach (RevisionPlot plot in project.Plots.Where(plot => plot.Files.Count > 0))
        {
            cancellationToken.ThrowIfCancellationRequested();
            if (plot.IsImage)
                blocks.AddRange(Pictures(project, plot));
            else
                blocks.AddRange(Charts(plot, ref number, cancellationToken));
        }

        return blocks;
    }

    private static List<ReportBlock> Charts(RevisionPlot plot, ref int number, CancellationToken cancellationToken)
    {
        var blocks = new List<ReportBlock>();
        try
        {
            foreach ((_, ChartData chart) in plot.Draw(cancellationToken))
                blocks.Add(new ChartBlock($"plot-{++number}", chart));
        }
        catch (ReportInputException e)
        {
            blocks.Add(new NoteBlock($"Not drawn: {plot.Definition.Id}: {e.Message}"));
        }

        return blocks;
    }

    // Only this run's picture lies somewhere; the baseline's is shown beside it where the form of the report can.
    private static IEnumerable<ReportBlock> Pictures(ProjectFacts project, RevisionPlot plot)
    {
        (string revision, PlotFile file, byte[] content) = plot.Files[^1];
        string full = Path.Combine(project.Root, file.Path);
        if (revision is not ("this" or "") || !File.Exists(full))
            yield break;
        yield return new ParagraphBlock(new TextRun(plot.Definition.Title ?? plot.Definition.Id, RunStyle.Strong));
        byte[]? old = plot.Files.FirstOrDefault(one => one.Revision == "baseline").Content;
        yield return new ImageBlock(full, plot.Definition.Id) { Baseline = old is null || old.AsSpan().SequenceEqual(content) ? null : old.AsMemory() };
    }
}
