using CmlNet.Reports.Baselines;
using CmlNet.Reports.Html.ReportPage;
using CmlNet.Reports.Markdown;
using CmlNet.Reports.Model;

namespace CmlNet.Reports.Tests.Sections.Images;

public sealed class ImagesSectionTests : IDisposable
{
    private const string Svg = "<svg xmlns='http://www.w3.org/2000/svg' width='9' height='9'><rect width='9' height='9' fill='COLOR'/></svg>";
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void Build_PictureThatChanged_StandsBesideTheBaselines()
    {
        _folder.Write("old/a.svg", Svg.Replace("COLOR", "red", StringComparison.Ordinal));
        _folder.Write("old/same.svg", Svg);
        _folder.Write("new/a.svg", Svg.Replace("COLOR", "blue", StringComparison.Ordinal));
        _folder.Write("new/same.svg", Svg);
        _folder.Write("new/added.svg", Svg);
        var request = new ReportRequest
        {
            Directory = Path.Combine(_folder.Path, "new"),
            WorkingDirectory = _folder.Path,
            Baseline = new BaselineRequest { Asked = "old", IsExplicit = true, Now = DateTimeOffset.UnixEpoch },
        };
        ReportModel model = new ReportBuilder().Build(request, CancellationToken.None).Model;
        var images = model.Sections.Single(section => section.Name == "images").Blocks.OfType<ImageBlock>().ToList();
        Assert.Equal([("a.svg", true), ("added.svg", false), ("same.svg", false)], images.Select(image => (image.AlternativeText, image.Baseline is not null)));
        string html = new HtmlReportWriter().Render(model, CancellationToken.None);
        Assert.Contains("alt=\"a.svg in the baseline\"", html, StringComparison.Ordinal);
        Assert.Equal(1, html.Split("class=\"compare\"").Length - 1);
        string assets = Path.Combine(_folder.Path, "files");
        MarkdownReport markdown = new MarkdownWriter().Render(model, new MarkdownTarget { OutputDirectory = _folder.Path, AssetsDirectory = assets }, CancellationToken.None);
        Assert.Contains("\n| Baseline | This |\n| --- | --- |\n| ![a.svg in the baseline](files/before-1.svg) | ![a.svg](new/a.svg) |\n\n**added.svg**\n\n![added.svg](new/added.svg)\n", markdown.Text, StringComparison.Ordinal);
        ReportAsset before = Assert.Single(markdown.Assets);
        Assert.Equal((Path.Combine(assets, "before-1.svg"), true), (before.FullPath, before.Content.Span.SequenceEqual(File.ReadAllBytes(Path.Combine(_folder.Path, "old/a.svg")))));
    }
}
