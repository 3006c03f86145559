using System.Text;
using CmlNet.Reports.Charts;
using CmlNet.Reports.Charts.Drawing;
using CmlNet.Reports.Model;

namespace CmlNet.Reports.Markdown;

/// <summary>Draws the charts: SVG and, where librsvg is there, PNG at twice the size, each in light and dark.</summary>
internal sealed class ChartAssets(ChartSet charts, string directory)
{
    private const double PngScale = 2;
    private readonly List<ReportAsset> _assets = [];
    private readonly List<string> _messages = [];

    public IReadOnlyList<ReportAsset> Assets => _assets;

    public IReadOnlyList<string> Messages => _messages;

    /// <summary>Draws one chart; the picture's width in CSS pixels and the files to show.</summary>
    public DrawnChart Draw(ChartBlock block)
    {
        (string light, string width) = Draw(block, ChartTheme.Light);
        (string dark, _) = Draw(block, ChartTheme.Dark);
        return new DrawnChart(light, dark, width, charts.Describe(block.Chart));
    }

    private (string Path, string Width) Draw(ChartBlock block, ChartTheme theme)
    {
        string svg = charts.Render(block.Chart, theme);
        string stem = Path.Combine(directory, $"{block.Name}.{theme.Name}");
        _assets.Add(new ReportAsset(stem + ".svg", Encoding.UTF8.GetBytes(svg)));
        byte[]? png = SvgRasterizer.TryRender(svg, PngScale);
        if (png is not null)
            _assets.Add(new ReportAsset(stem + ".png", png));
        else if (_messages.Count == 0)
            _messages.Add(SvgRasterizer.IsAvailable ? $"PNG could not be drawn for {block.Name}; the report points to the SVG" : SvgRasterizer.InstallHint + "; the report points to SVG files");
        int start = svg.IndexOf("width=\"", StringComparison.Ordinal) + 7;
        string width = svg[start..svg.IndexOf('"', start)];
        return (stem + (png is null ? ".svg" : ".png"), width.Split('.')[0]);
    }
}
