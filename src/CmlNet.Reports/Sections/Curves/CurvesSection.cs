using CmlNet.Reports.Charts.Line;
using CmlNet.Reports.Model;
using CmlNet.Reports.Readers;

namespace CmlNet.Reports.Sections.Curves;

/// <summary>A line chart per quantity and history file: loss with validation loss, accuracy with validation accuracy.</summary>
internal sealed class CurvesSection : IReportSection
{
    private const int MostCharts = 12;
    private const int MostSeries = 12;

    public string Name => "curves";

    public ReportSection? Build(SectionInput input, CancellationToken cancellationToken)
    {
        List<ReportBlock> blocks = [.. SectionNotes.Failures(input, HistoryReader.ReaderName)];
        var histories = input.Artifacts.OfType<HistoryArtifact>().ToList();
        var families = histories.SelectMany(history => history.Series.GroupBy(series => SeriesFamily.Of(series.Name), StringComparer.OrdinalIgnoreCase).Select(family => (history, family))).ToList();
        int number = 0;
        foreach ((HistoryArtifact history, IGrouping<string, HistorySeries> family) in families.Take(MostCharts))
        {
            cancellationToken.ThrowIfCancellationRequested();
            var series = family.ToList();
            string title = histories.Count > 1 ? $"{family.Key} ({history.Path})" : family.Key;
            IReadOnlyList<HistorySeries> before = (input.Pairs.FirstOrDefault(pair => ReferenceEquals(pair.New, history))?.Old as HistoryArtifact)?.Series ?? [];
            blocks.Add(new ChartBlock($"curve-{++number}", TrainingCurves.Of(title, history.XName, [.. series.Take(MostSeries).Select(Line)], [.. before.Select(Line)])));
            if (series.Count > MostSeries)
                blocks.Add(new NoteBlock($"{title}: the first {MostSeries} of {series.Count} series are drawn."));
        }

        blocks.AddRange(histories.SelectMany(SectionNotes.Warnings));
        if (families.Count > MostCharts)
            blocks.Add(new NoteBlock($"{families.Count - MostCharts} more quantities are not drawn: {string.Join(", ", families.Skip(MostCharts).Take(20).Select(f => f.family.Key))}."));
        return blocks.Count == 0 ? null : new ReportSection { Name = Name, Title = "Training curves", Blocks = blocks };
    }

    private static LineSeries Line(HistorySeries series) => new() { Name = series.Name, X = series.X, Y = series.Y };
}
