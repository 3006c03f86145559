using CmlNet.Reports.Charts;
using CmlNet.Reports.Charts.Drawing;
using CmlNet.Reports.Readers;

namespace CmlNet.Reports.Plots;

/// <summary>Rows of a file to a picture of a kind that the user names.</summary>
public static class PlotBuilder
{
    private static readonly ChartSet Charts = new(ReportServices.Charts);

    /// <summary>Draws one file, and the same columns of a baseline beside it.</summary>
    /// <param name="options">What to draw.</param>
    /// <param name="file">Full path and the name for messages.</param>
    /// <param name="baseline">The same of the baseline; null without one.</param>
    /// <param name="cancellationToken">Stops reading.</param>
    /// <returns>A whole SVG document.</returns>
    /// <exception cref="ReportInputException">A file cannot be read, or has not the columns.</exception>
    public static string Draw(PlotOptions options, (string FullPath, string Name) file, (string FullPath, string Name)? baseline, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(options);
        List<PlotSource> sources = [new("", File(file))];
        if (baseline is { } other)
            sources.Add(new PlotSource("baseline", File(other), IsBaseline: true));
        return Charts.Render(Build(options, sources, cancellationToken), ChartTheme.Light);
    }

    /// <summary>What the picture shows.</summary>
    /// <exception cref="ReportInputException">As <see cref="Draw"/>.</exception>
    internal static ChartData Build(PlotOptions options, IReadOnlyList<PlotSource> sources, CancellationToken cancellationToken)
    {
        var input = new PlotInput { Options = options, Sources = sources, CancellationToken = cancellationToken };
        try
        {
            return options.Kind switch
            {
                "line" or "linear" or "simple" or "smooth" => LinePlot.Build(input),
                "scatter" or "scatter_jitter" => ScatterPlot.Build(input),
                "bar" or "bar_horizontal" or "bar_horizontal_sorted" => BarPlot.Build(input),
                "histogram" or "box" => DistributionPlot.Build(input),
                "heatmap" => HeatmapPlot.Build(input),
                "confusion" or "confusion_normalized" => ConfusionPlot.Build(input),
                "roc" or "pr" or "calibration" => RatePlotData.Build(input),
                "residuals" => ResidualsPlot.Build(input),
                _ => throw new ReportInputException($"no plot kind '{options.Kind}'; known: {string.Join(", ", PlotKinds.All)}"),
            };
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new ReportInputException($"cannot read {sources[0].File.Path}: {e.Message}");
        }
    }

    private static ArtifactFile File((string FullPath, string Name) file) => new() { FullPath = file.FullPath, Path = file.Name, IsNamed = true };
}
