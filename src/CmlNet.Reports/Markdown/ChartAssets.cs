using System.Text;
using CmlNet.Reports.Charts;
using CmlNet.Reports.Charts.Drawing;
using CmlNet.Reports.Model;

namespace CmlNet.Reports.Markdown;

/// <summary>Draws the charts: SVG and, where librsvg is there, PNG at twice the size, each in light and dark. Several at a time; the files stay in the report's order.</summary>
internal sealed class ChartAssets
{
    private const double PngScale = 2;
    private static readonly ChartTheme[] Themes = [ChartTheme.Light, ChartTheme.Dark];
    private readonly Dictionary<ChartBlock, DrawnChart> _drawn = new(ReferenceEqualityComparer.Instance);

    /// <param name="charts">All kinds.</param>
    /// <param name="blocks">What to draw.</param>
    /// <param name="directory">Where the files will lie.</param>
    /// <param name="cancellationToken">Checked before each picture.</param>
    public ChartAssets(ChartSet charts, IReadOnlyList<ChartBlock> blocks, string directory, CancellationToken cancellationToken)
    {
        var pictures = new Picture[blocks.Count * Themes.Length];
        Parallel.For(0, pictures.Length, new ParallelOptions { CancellationToken = cancellationToken }, i =>
        {
            ChartBlock block = blocks[i / Themes.Length];
            string svg = charts.Render(block.Chart, Themes[i % Themes.Length]);
            pictures[i] = new Picture(Path.Combine(directory, $"{block.Name}.{Themes[i % Themes.Length].Name}"), svg, SvgRasterizer.TryRender(svg, PngScale));
        });
        for (int i = 0; i < blocks.Count; i++)
            _drawn[blocks[i]] = new DrawnChart(pictures[Themes.Length * i].Path, pictures[Themes.Length * i + 1].Path, pictures[Themes.Length * i].Width, charts.Describe(blocks[i].Chart));
        Assets = [.. pictures.SelectMany(picture => picture.Assets)];
        int lacking = Array.FindIndex(pictures, picture => picture.Png is null);
        Messages = lacking < 0 ? [] : [SvgRasterizer.IsAvailable ? $"PNG could not be drawn for {blocks[lacking / Themes.Length].Name}; the report points to the SVG" : SvgRasterizer.InstallHint + "; the report points to SVG files"];
    }

    public IReadOnlyList<ReportAsset> Assets { get; }

    public IReadOnlyList<string> Messages { get; }

    /// <summary>A chart that was drawn: the picture's width in CSS pixels and the files to show.</summary>
    public DrawnChart this[ChartBlock block] => _drawn[block];

    private sealed record Picture(string Stem, string Svg, byte[]? Png)
    {
        public string Path => Stem + (Png is null ? ".svg" : ".png");

        public string Width => SvgWriter.WholeWidth(Svg);

        public IEnumerable<ReportAsset> Assets => Png is null
            ? [new ReportAsset(Stem + ".svg", Encoding.UTF8.GetBytes(Svg))]
            : [new ReportAsset(Stem + ".svg", Encoding.UTF8.GetBytes(Svg)), new ReportAsset(Stem + ".png", Png)];
    }
}
