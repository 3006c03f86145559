using System.Text;
using CmlNet.Reports.Charts;
using CmlNet.Reports.Charts.Drawing;

namespace CmlNet.Reports.Plots.Definitions;

/// <summary>Pictures of plots over revisions, each with the name of the file it should become.</summary>
public static class PlotPictures
{
    private static readonly ChartSet Charts = new(ReportServices.Charts);

    /// <summary>Draws a plot; what is an image already comes out as it is.</summary>
    /// <param name="plot">What was read.</param>
    /// <param name="isPng">At twice the size; else SVG.</param>
    /// <param name="cancellationToken">Stops between pictures.</param>
    /// <exception cref="ReportInputException">A file is broken, or has not the fields.</exception>
    public static IReadOnlyList<PlotPicture> Of(RevisionPlot plot, bool isPng, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(plot);
        string stem = Name(plot.Definition.Id);
        if (plot.IsImage)
            return [.. plot.Files.Select(file => new PlotPicture($"{stem}_{Name(file.Revision)}{Path.GetExtension(file.File.Path).ToLowerInvariant()}", file.Content, $"{plot.Definition.Id} ({file.Revision})"))];
        return [.. plot.Draw(cancellationToken).Select(chart => Draw(stem + (chart.Name.Length > 0 ? "_" + Name(chart.Name) : ""), chart.Chart, isPng))];
    }

    private static PlotPicture Draw(string stem, ChartData chart, bool isPng)
    {
        string svg = Charts.Render(chart, ChartTheme.Light);
        return isPng && SvgRasterizer.TryRender(svg, 2) is { } png
            ? new PlotPicture(stem + ".png", png, Charts.Describe(chart))
            : new PlotPicture(stem + ".svg", Encoding.UTF8.GetBytes(svg), Charts.Describe(chart));
    }

    private static string Name(string id) => string.Concat(id.Select(c => char.IsAsciiLetterOrDigit(c) || c is '-' or '_' ? c : '_'));
}
