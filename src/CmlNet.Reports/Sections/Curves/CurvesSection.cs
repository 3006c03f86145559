using CmlNet.Reports.Charts.Line;
using CmlNet.Reports.Model;
using CmlNet.Reports.Readers;

namespace CmlNet.Reports.Sections.Curves;

/// <summary>A line chart per quantity and history file: loss with validation loss, accuracy with validation accuracy.</summary>
internal sealed class CurvesSection : IReportSection
{
    private const int MostCharts = 12;
    private const int MostSeries = 12;

    /// <summary>Shorter series are as clear as they are.</summary>
    private const int SmoothFrom = 100;

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
            List<(HistorySeries Now, HistorySeries? Old)> sides = [.. series.Take(MostSeries).Select(one => (one, before.FirstOrDefault(old => old.Name == one.Name)))];
            bool isLog = history.IsYLog ?? LogAxis.Suits(family.Key, [.. sides.SelectMany(side => side.Old is { } old ? side.Now.Y.Concat(old.Y) : side.Now.Y)]);
            bool isSmoothed = !LogAxis.IsSchedule(family.Key);
            blocks.Add(new ChartBlock($"curve-{++number}", new LineChartData
            {
                Title = title,
                XName = history.XName,
                YName = isLog ? $"{family.Key} (logarithmic)" : "",
                IsYLog = isLog,
                Series = [.. sides.SelectMany((side, place) => Lines(side.Now, side.Old, place, isSmoothed, isLog))],
            }));
            if (series.Count > MostSeries)
                blocks.Add(new NoteBlock($"{title}: the first {MostSeries} of {series.Count} series are drawn."));
        }

        blocks.AddRange(histories.SelectMany(SectionNotes.Warnings));
        if (families.Count > MostCharts)
            blocks.Add(new NoteBlock($"{families.Count - MostCharts} more quantities are not drawn: {string.Join(", ", families.Skip(MostCharts).Take(20).Select(f => f.family.Key))}."));
        return blocks.Count == 0 ? null : new ReportSection { Name = Name, Title = "Training curves", Blocks = blocks };
    }

    // A long series is smoothed, with what was logged pale behind it; the baseline's is dashed in the same colour.
    private static IEnumerable<LineSeries> Lines(HistorySeries now, HistorySeries? old, int place, bool isSmoothed, bool isLog)
    {
        var line = new LineSeries { Name = now.Name, X = now.X, Y = now.Y, Color = place };
        bool isLong = isSmoothed && now.X.Count >= SmoothFrom;
        if (isLong)
            yield return line with { Name = now.Name + " raw", IsFaint = true };
        yield return isLong ? Smoothing.Apply(line, isLog: isLog) : line;
        if (old is null)
            yield break;
        var before = new LineSeries { Name = old.Name + " (baseline)", X = old.X, Y = old.Y, Color = place, IsDashed = true };
        yield return isSmoothed && old.X.Count >= SmoothFrom ? Smoothing.Apply(before, isLog: isLog) : before;
    }
}
