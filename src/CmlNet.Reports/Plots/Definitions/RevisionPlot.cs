using CmlNet.Dvc.Revisions;
using CmlNet.Reports.Charts;
using CmlNet.Reports.Charts.Bar;
using CmlNet.Reports.Charts.Line;
using CmlNet.Reports.Charts.Scatter;
using CmlNet.Reports.Readers;

namespace CmlNet.Reports.Plots.Definitions;

/// <summary>One plot over revisions: the files that each of them has, and the pictures made of them.</summary>
public sealed class RevisionPlot
{
    private static readonly string[] Images = [".png", ".jpg", ".jpeg", ".gif", ".svg"];
    private readonly List<(string Revision, PlotFile File, byte[] Content)> _files = [];
    private readonly List<string> _errors = [];

    private RevisionPlot(PlotDefinition definition) => Definition = definition;

    public PlotDefinition Definition { get; }

    /// <summary>A picture the run made itself, shown as it is.</summary>
    public bool IsImage => Images.Contains(System.IO.Path.GetExtension(Definition.Files[0].Path).ToLowerInvariant());

    /// <summary>What the revisions hold, revision by revision.</summary>
    public IReadOnlyList<(string Revision, PlotFile File, byte[] Content)> Files => _files;

    /// <summary>Which files could not be read, and why.</summary>
    public IReadOnlyList<string> Errors => _errors;

    /// <summary>Those that have any of the files, in order.</summary>
    public IReadOnlyList<string> Revisions => [.. _files.Select(file => file.Revision).Distinct(StringComparer.Ordinal)];

    /// <summary>Reads the files of a plot; a revision without them is left out.</summary>
    public static RevisionPlot Read(PlotDefinition definition, IReadOnlyList<IRevision> revisions)
    {
        ArgumentNullException.ThrowIfNull(definition);
        ArgumentNullException.ThrowIfNull(revisions);
        var plot = new RevisionPlot(definition);
        foreach (IRevision revision in revisions)
        {
            foreach (PlotFile file in definition.Files)
            {
                try
                {
                    if (revision.Read(file.Path) is { } content)
                        plot._files.Add((revision.Name, file, content));
                }
                catch (Exception e) when (e is IOException or UnauthorizedAccessException)
                {
                    plot._errors.Add($"{file.Path}: {e.Message}");
                }
            }
        }

        return plot;
    }

    /// <summary>Our own pictures: one, or for matrices one for each revision.</summary>
    /// <exception cref="ReportInputException">A file is broken, or has not the fields.</exception>
    public IReadOnlyList<(string Name, ChartData Chart)> Draw(CancellationToken cancellationToken)
    {
        string kind = Definition.Template is { } template && PlotKinds.All.Contains(template, StringComparer.Ordinal) ? template : "linear";
        if (kind.StartsWith("confusion", StringComparison.Ordinal) || kind is "heatmap" or "residuals")
            return [.. _files.Select(file => (file.Revision, Build(kind, [file], $"{Definition.Title ?? Definition.Id} ({file.Revision})", cancellationToken)))];
        var charts = _files.GroupBy(file => file.File).Select(group => Build(kind, [.. group], Definition.Title ?? Definition.Id, cancellationToken)).ToList();
        return charts.Count == 0 ? [] : [("", Merge(charts))];
    }

    private ChartData Build(string kind, IReadOnlyList<(string Revision, PlotFile File, byte[] Content)> files, string title, CancellationToken cancellationToken)
    {
        PlotFile file = files[0].File;
        // Several fields or files: the revision alone would not tell the series apart.
        string Label(string revision) => Definition.Files.Count > 1 ? $"{revision}, {System.IO.Path.GetFileName(file.Path)}" : revision;
        IReadOnlyList<PlotSource> sources = [.. files.Select(one => new PlotSource(Label(one.Revision), new ArtifactFile { FullPath = "/" + one.File.Path, Path = one.File.Path, IsNamed = true, Content = one.Content }))];
        return PlotBuilder.Build(new PlotOptions { Kind = kind, X = Definition.X, Y = file.Fields, Title = title, XLabel = Definition.XLabel, YLabel = Definition.YLabel }, sources, cancellationToken);
    }

    private static ChartData Merge(List<ChartData> charts) => charts[0] switch
    {
        LineChartData line => line with { Series = [.. charts.OfType<LineChartData>().SelectMany(one => one.Series)] },
        ScatterChartData scatter => scatter with { Series = [.. charts.OfType<ScatterChartData>().SelectMany(one => one.Series)] },
        BarChartData bar => bar with { Bars = [.. charts.OfType<BarChartData>().SelectMany(one => one.Bars)] },
        { } other => other,
    };
}
