using CmlNet.Reports.Charts.Confusion;
using CmlNet.Reports.Charts.Line;
using CmlNet.Reports.Html.ReportPage;
using CmlNet.Reports.Model;
using Microsoft.Playwright;

namespace CmlNet.Reports.Tests.Html.Browser;

/// <summary>Tables and charts of a report by themselves.</summary>
public sealed class ReportBlocksInBrowserTests(ChromiumFixture chromium) : IClassFixture<ChromiumFixture>, IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [SkippableTheory]
    [InlineData("9.56 kB|300 B|1.2 MB|–", "300 B 9.56 kB 1.2 MB –")]
    [InlineData("p = 0.03|p < 0.001|p = 1|", "p < 0.001 p = 0.03 p = 1 ")]
    [InlineData("≤ 20 ms|≤ 3 ms|≤ 1 s", "≤ 3 ms ≤ 20 ms ≤ 1 s")]
    [InlineData("inf|-inf|1e-30|inf", "-inf 1e-30 inf inf")]
    [InlineData("2024-02-01|2024-01-02|2024-01-01", "2024-01-01 2024-01-02 2024-02-01")]
    public async Task Table_OfNumbersWithUnits_IsSortedByThem(string cells, string expected)
    {
        var table = new TableBlock { Columns = [new("Value")], Rows = [.. cells.Split('|').Select(cell => (string[])[cell])] };
        IPage page = await OpenAsync([table], 1280);
        await page.Locator("th button").ClickAsync();
        Assert.Equal(expected, (await page.EvaluateAsync<string>("[...document.querySelectorAll('tbody td')].map(cell => cell.textContent).join(' ')")).Replace('\u00A0', ' '));
        await page.CloseAsync();
    }

    [SkippableFact]
    public async Task Charts_OnANarrowScreen_ScrollWhenTheyAreWideAndFitWhenTheyAreNot()
    {
        ChartBlock wide = new("w", new LineChartData { Title = "loss", XName = "epoch", Series = [new LineSeries { Name = "loss", X = [0, 1, 2], Y = [3, 2, 1] }] });
        ChartBlock small = new("s", new ConfusionChartData { Title = "Confusion", Labels = ["cat", "dog"], Counts = [8, 2, 1, 9] });
        IPage page = await OpenAsync([wide, small], 400);
        Assert.Equal(0, await page.EvaluateAsync<int>("document.documentElement.scrollWidth - document.documentElement.clientWidth"));
        Assert.Equal("600 368", await page.EvaluateAsync<string>("[...document.querySelectorAll('.light svg')].map(svg => Math.round(svg.getBoundingClientRect().width)).join(' ')"));
        Assert.Equal("true false", await page.EvaluateAsync<string>("[...document.querySelectorAll('.chart .light')].map(part => part.scrollWidth > part.clientWidth).join(' ')"));
        await page.CloseAsync();
    }

    private async Task<IPage> OpenAsync(IReadOnlyList<ReportBlock> blocks, int width)
    {
        Skip.If(chromium.Browser is null, ChromiumFixture.Absent);
        ReportModel model = new() { Title = "Blocks", Sections = [new ReportSection { Name = "blocks", Title = "Blocks", Blocks = blocks }] };
        string file = _folder.Write("report.html", new HtmlReportWriter().Render(model, CancellationToken.None));
        IPage page = await chromium.Browser.NewPageAsync(new() { ViewportSize = new() { Width = width, Height = 900 } });
        await page.GotoAsync(new Uri(file).AbsoluteUri);
        return page;
    }
}
