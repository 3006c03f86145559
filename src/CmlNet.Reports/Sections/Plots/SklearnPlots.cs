using CmlNet.Reports.Model;
using CmlNet.Reports.Plots;
using CmlNet.Reports.Readers;

namespace CmlNet.Reports.Sections.Plots;

/// <summary>The plots that a run computed itself, beside the baseline's.</summary>
internal static class SklearnPlots
{
    /// <param name="input">All that was read.</param>
    /// <param name="number">Of the last chart of the section.</param>
    /// <param name="cancellationToken">Stops between plots.</param>
    public static IEnumerable<ReportBlock> Of(SectionInput input, int number, CancellationToken cancellationToken)
    {
        foreach (ReportBlock failure in SectionNotes.Failures(input, SklearnPlotReader.ReaderName))
            yield return failure;
        List<(SklearnPlotArtifact Now, SklearnPlotArtifact? Old)> pairs = [.. input.Pairs.Where(pair => pair.New is SklearnPlotArtifact).Select(pair => ((SklearnPlotArtifact)pair.New, pair.Old as SklearnPlotArtifact))];
        foreach ((SklearnPlotArtifact now, SklearnPlotArtifact? old) in pairs)
        {
            cancellationToken.ThrowIfCancellationRequested();
            string title = pairs.Count(pair => pair.Now.Title == now.Title) > 1 ? $"{now.Title} ({now.Path})" : now.Title;
            bool compared = old is not null && old.PlotKind == now.PlotKind;
            if (now.PlotKind == "confusion")
            {
                if (compared)
                    yield return Draw(now, $"{title}, baseline", [new PlotSource("", old!.File)], ++number, cancellationToken); // compared: there is one
                yield return Draw(now, title, [new PlotSource("", now.File)], ++number, cancellationToken);
                continue;
            }

            IReadOnlyList<PlotSource> sources = compared ? [new PlotSource("this run", now.File), new PlotSource("baseline", old!.File, IsBaseline: true)] : [new PlotSource("", now.File)]; // as above
            yield return Draw(now, title, sources, ++number, cancellationToken);
        }
    }

    private static ReportBlock Draw(SklearnPlotArtifact plot, string title, IReadOnlyList<PlotSource> sources, int number, CancellationToken cancellationToken)
    {
        try
        {
            return new ChartBlock($"plot-{number}", PlotBuilder.Build(new PlotOptions { Kind = plot.PlotKind, X = plot.X, Y = plot.Y is { } y ? [y] : [], Title = title }, sources, cancellationToken));
        }
        catch (ReportInputException e)
        {
            return new NoteBlock($"Not drawn: {e.Message}");
        }
    }
}
