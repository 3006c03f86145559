using System.Text;
using System.Xml.Linq;
using CmlNet.Reports.Charts;
using CmlNet.Reports.Charts.Drawing;

namespace CmlNet.Reports.Tests.Charts;

public sealed class ChartGalleryTests
{
    private const string Folder = "src/CmlNet.Reports/Charts";
    private static readonly ChartSet Charts = new(ReportServices.Charts);

    public static TheoryData<string, bool> Pictures()
    {
        var pictures = new TheoryData<string, bool>();
        foreach (GalleryCase one in GalleryCases.All)
        {
            pictures.Add(one.Name, false);
            pictures.Add(one.Name, true);
        }

        return pictures;
    }

    [Theory]
    [MemberData(nameof(Pictures))]
    public void Render_GalleryCase_EqualsGolden(string name, bool dark)
    {
        ChartTheme theme = dark ? ChartTheme.Dark : ChartTheme.Light;
        string svg = Charts.Render(Case(name).Data, theme);
        GoldenFile.Check($"{Folder}/Gallery/{name}.{theme.Name}.svg", svg);
    }

    [Theory]
    [MemberData(nameof(Pictures))]
    public void Render_GalleryCase_IsXmlWithAllTextInsideThePicture(string name, bool dark)
    {
        XElement svg = XDocument.Parse(Charts.Render(Case(name).Data, dark ? ChartTheme.Dark : ChartTheme.Light)).Root!; // Parse gives a root or throws
        double width = (double)svg.Attribute("width")!, height = (double)svg.Attribute("height")!;
        foreach (XElement text in svg.Elements().Where(element => element.Name.LocalName == "text"))
        {
            TextBox box = TextBox.Of(text);
            Assert.True(box.Left >= -1 && box.Right <= width + 1 && box.Top >= -1 && box.Bottom <= height + 1, $"'{text.Value}' at {box} leaves the {width} x {height} picture");
        }
    }

    [Theory]
    [MemberData(nameof(Pictures))]
    public void Render_GalleryCase_HasNoOverlappingText(string name, bool dark)
    {
        XElement svg = XDocument.Parse(Charts.Render(Case(name).Data, dark ? ChartTheme.Dark : ChartTheme.Light)).Root!; // as above
        // Slanted labels are parallel; their upright boxes overlap though the text does not.
        var boxes = svg.Elements().Where(e => e.Name.LocalName == "text" && e.Attribute("transform") is null).Select(e => (e.Value, Box: TextBox.Of(e))).ToList();
        for (int i = 0; i < boxes.Count; i++)
        {
            for (int j = i + 1; j < boxes.Count; j++)
                Assert.False(boxes[i].Box.Overlaps(boxes[j].Box), $"'{boxes[i].Value}' overlaps '{boxes[j].Value}'");
        }
    }

    [SkippableFact]
    public void TryRender_EveryGalleryCase_GivesPngOfTwiceTheSize()
    {
        Skip.IfNot(SvgRasterizer.IsAvailable, SvgRasterizer.InstallHint);
        foreach (GalleryCase one in GalleryCases.All)
        {
            string svg = Charts.Render(one.Data, ChartTheme.Light);
            byte[]? png = SvgRasterizer.TryRender(svg, 2);
            Assert.NotNull(png);
            double width = (double)XDocument.Parse(svg).Root!.Attribute("width")!; // as above
            Assert.Equal((int)Math.Round(width) * 2.0, System.Buffers.Binary.BinaryPrimitives.ReadInt32BigEndian(png.AsSpan(16)), 3.0);
        }
    }

    [Fact]
    public void Readme_ListsEveryCase_EqualsGolden()
    {
        var page = new StringBuilder("# Charts\n\nEvery kind of chart, with its edge cases, as `./build.sh golden` draws them. Each picture is also a test: the SVG here is compared byte for byte.\n\n");
        foreach (GalleryCase one in GalleryCases.All)
        {
            page.Append($"## {one.Name}\n\n{one.Caption}.\n\n");
            page.Append($"<picture>\n<source media=\"(prefers-color-scheme: dark)\" srcset=\"Gallery/{one.Name}.dark.svg\">\n<img alt=\"{Reports.Markdown.MarkdownText.Attribute(Charts.Describe(one.Data))}\" src=\"Gallery/{one.Name}.light.svg\">\n</picture>\n\n");
        }

        GoldenFile.Check($"{Folder}/README.md", page.ToString().TrimEnd('\n') + "\n");
    }

    private static GalleryCase Case(string name) => GalleryCases.All.Single(one => one.Name == name);
}
