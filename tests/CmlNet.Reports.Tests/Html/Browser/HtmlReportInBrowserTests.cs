using CmlNet.Reports.Charts.Bar;
using CmlNet.Reports.Charts.Confusion;
using CmlNet.Reports.Charts.Histogram;
using CmlNet.Reports.Charts.Line;
using CmlNet.Reports.Html.ReportPage;
using CmlNet.Reports.Model;
using CmlNet.Reports.Tests.Charts;
using Microsoft.Playwright;

namespace CmlNet.Reports.Tests.Html.Browser;

public sealed class HtmlReportInBrowserTests(ChromiumFixture chromium) : IClassFixture<ChromiumFixture>, IDisposable
{
    private const string Pixel = "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==";
    private static readonly string[] GateHeads = ["Gate", "Baseline", "This", "Difference", "95 % interval, p", "Limit", "Verdict"];
    private readonly TemporaryFolder _folder = new();
    private readonly List<string> _complaints = [];
    private readonly List<string> _requests = [];

    public void Dispose() => _folder.Dispose();

    [SkippableTheory]
    [InlineData(1280, ColorScheme.Light)]
    [InlineData(1280, ColorScheme.Dark)]
    [InlineData(400, ColorScheme.Light)]
    public async Task Page_Opened_IsWholeQuietAndFits(int width, ColorScheme scheme)
    {
        IPage page = await OpenAsync(Model(), new() { ColorScheme = scheme, ViewportSize = new() { Width = width, Height = 900 } });
        Assert.Empty(_complaints);
        Assert.Single(_requests, url => !url.StartsWith("data:", StringComparison.Ordinal));
        Assert.Equal(0, await page.EvaluateAsync<int>("document.documentElement.scrollWidth - document.documentElement.clientWidth"));
        Assert.Equal("", await page.EvaluateAsync<string>("[...document.images].filter(i => !i.alt || !i.complete || i.naturalWidth === 0).map(i => i.outerHTML.slice(0, 80)).join()"));
        Assert.Equal("", await page.EvaluateAsync<string>("[...document.querySelectorAll('svg[role=img]')].filter(s => !s.getAttribute('aria-label')).map(s => s.outerHTML.slice(0, 80)).join()"));
        Assert.Equal(scheme == ColorScheme.Dark ? "dark" : "light", await page.EvaluateAsync<string>("[...document.querySelectorAll('.chart > .light, .chart > .dark')].filter(e => e.getClientRects().length).map(e => e.className)[0]"));
        if (Environment.GetEnvironmentVariable("CML_SCREENSHOTS") is { Length: > 0 } folder)
            await page.ScreenshotAsync(new() { Path = Path.Combine(folder, $"report-{width}-{scheme}.png"), FullPage = true });
        await page.CloseAsync();
    }

    [SkippableFact]
    public async Task Page_EveryGalleryChart_HasNoOverlappingLabelsInTheBrowser()
    {
        // Characters that this machine may have no font for are drawn as boxes of any width.
        ReportBlock[] charts = [.. GalleryCases.All.Where(one => !one.Name.Contains("hostile", StringComparison.Ordinal) && !one.Name.Contains("names", StringComparison.Ordinal) && !one.Name.Contains("labels", StringComparison.Ordinal) && !one.Name.EndsWith("000", StringComparison.Ordinal) && one.Name != "scatter-jitter")
            .Select(one => new ChartBlock(one.Name, one.Data))];
        IPage page = await OpenAsync(new ReportModel { Title = "Charts", Sections = [new ReportSection { Name = "charts", Title = "Charts", Blocks = charts }] }, new() { ViewportSize = new() { Width = 1280, Height = 900 } });
        string[] overlaps = await page.EvaluateAsync<string[]>(
            """
            () => [...document.querySelectorAll('.light svg')].flatMap(svg => {
              const texts = [...svg.querySelectorAll('text:not([transform])')].map(t => [t.textContent, t.getBBox()]), found = [];
              for (let i = 0; i < texts.length; i++) for (let j = 0; j < i; j++) {
                const [a, b] = [texts[i][1], texts[j][1]];
                if (Math.min(a.x + a.width, b.x + b.width) - Math.max(a.x, b.x) > 1 && Math.min(a.y + a.height, b.y + b.height) - Math.max(a.y, b.y) > 5) found.push(`${texts[i][0]} / ${texts[j][0]}`);
              }
              return found;
            })
            """);
        Assert.Empty(overlaps);
        Assert.Empty(_complaints);
        await page.CloseAsync();
    }

    [SkippableFact]
    public async Task Chart_PointedAt_TellsItsValueAndZooms()
    {
        IPage page = await OpenAsync(Model(), new() { ViewportSize = new() { Width = 1280, Height = 900 } });
        ILocator svg = page.Locator(".light svg").First;
        await svg.Locator("g[data-s] circle").Nth(1).HoverAsync();
        Assert.Equal("loss: 0.5 at 1", await page.Locator(".tip").TextContentAsync());
        string whole = (await svg.GetAttributeAsync("viewBox"))!; // every picture has one
        await page.GetByRole(AriaRole.Button, new() { Name = "Zoom in" }).First.ClickAsync();
        Assert.NotEqual(whole, await svg.GetAttributeAsync("viewBox"));
        await page.GetByRole(AriaRole.Button, new() { Name = "Show all" }).First.ClickAsync();
        Assert.Equal(whole, await svg.GetAttributeAsync("viewBox"));
        await page.Locator(".light svg").Nth(1).Locator("rect title").First.Locator("..").HoverAsync();
        Assert.Contains("actual cat, predicted cat: 8", await page.Locator(".tip").TextContentAsync(), StringComparison.Ordinal);
        await page.CloseAsync();
    }

    [SkippableFact]
    public async Task Table_HeadClicked_SortsByNumberBothWaysAndBack()
    {
        IPage page = await OpenAsync(Model(), new() { ViewportSize = new() { Width = 1280, Height = 900 } });
        async Task<string> Values() => await page.EvaluateAsync<string>("[...document.querySelector('table').tBodies[0].rows].map(r => r.cells[1].textContent).join(' ')");
        ILocator head = page.GetByRole(AriaRole.Button, new() { Name = "Value" });
        Assert.Equal("10 9 – -1.5", await Values());
        await head.ClickAsync();
        Assert.Equal("-1.5 9 10 –", await Values());
        Assert.Equal("-1.5", await page.Locator("tr.faint td.number").TextContentAsync());
        Assert.Equal("ascending", await page.Locator("th").Nth(1).GetAttributeAsync("aria-sort"));
        await head.PressAsync("Enter");
        Assert.Equal("10 9 -1.5 –", await Values());
        await head.ClickAsync();
        Assert.Equal("10 9 – -1.5", await Values());
        await page.CloseAsync();
    }

    [SkippableFact]
    public async Task Table_OnANarrowScreen_ScrollsAndBreaksNoWord()
    {
        var table = new TableBlock { Columns = [.. GateHeads.Select(head => new TableColumn(head))], Rows = [["accuracy by site", "0.88", "0.9", "+0.02", "-0.0156 to +0.0557, p = 0.268", "≥ 0.95", "failed: below 0.95"], [new string('x', 200), "", "", "", "", "", ""]] };
        IPage page = await OpenAsync(new ReportModel { Title = "Narrow", Sections = [new ReportSection { Name = "gates", Title = "Gates", Blocks = [table] }] }, new() { ViewportSize = new() { Width = 400, Height = 900 } });
        Assert.Equal(0, await page.EvaluateAsync<int>("document.documentElement.scrollWidth - document.documentElement.clientWidth"));
        Assert.True(await page.EvaluateAsync<int>("(e => e.scrollWidth - e.clientWidth)(document.querySelector('table').parentElement)") > 0);
        Assert.Equal(0, await page.EvaluateAsync<int>("[...document.querySelectorAll('th, tbody tr:first-child td')].filter(cell => cell.offsetHeight > 60).length"));
        Assert.True(await page.EvaluateAsync<int>("document.querySelector('td').offsetWidth") < 400);
        await page.CloseAsync();
    }

    [SkippableFact]
    public async Task Pictures_OfBothSides_LieUnderASlider()
    {
        IPage page = await OpenAsync(Model(), new() { ViewportSize = new() { Width = 1280, Height = 900 } });
        ILocator slider = page.Locator(".compare input");
        await slider.FillAsync("80");
        Assert.Equal("80%", await page.EvaluateAsync<string>("document.querySelector('.compare').style.getPropertyValue('--at')"));
        await page.CloseAsync();
    }

    [SkippableTheory]
    [InlineData(null, "rgb(89, 99, 110)")]
    [InlineData(ReportVerdict.Passed, "rgb(26, 127, 55)")]
    [InlineData(ReportVerdict.Warned, "rgb(154, 103, 0)")]
    [InlineData(ReportVerdict.Failed, "rgb(209, 36, 47)")]
    public async Task Page_OfAVerdict_ShowsItsColourOnTop(ReportVerdict? verdict, string expected)
    {
        IPage page = await OpenAsync(Model() with { Verdict = verdict }, new() { ColorScheme = ColorScheme.Light });
        Assert.Equal(expected, await page.EvaluateAsync<string>("getComputedStyle(document.querySelector('header')).borderTopColor"));
        await page.CloseAsync();
    }

    [SkippableFact]
    public async Task Page_WithoutScripts_ShowsEverything()
    {
        IPage page = await OpenAsync(Model(), new() { JavaScriptEnabled = false });
        Assert.True(await page.Locator(".light svg").First.IsVisibleAsync());
        Assert.Equal(2, await page.Locator(".compare img").CountAsync());
        Assert.True(await page.Locator(".compare .before").IsVisibleAsync());
        Assert.True(await page.Locator("table").First.IsVisibleAsync());
        await page.CloseAsync();
    }

    [SkippableFact]
    public async Task Page_Printed_IsLightAndHasNoTools()
    {
        IPage page = await OpenAsync(Model(), new() { ColorScheme = ColorScheme.Dark });
        await page.EmulateMediaAsync(new() { Media = Media.Print });
        Assert.False(await page.Locator(".tools").First.IsVisibleAsync());
        Assert.True(await page.Locator(".light svg").First.IsVisibleAsync());
        Assert.False(await page.Locator(".dark svg").First.IsVisibleAsync());
        await page.CloseAsync();
    }

    /// <summary>Paper has no scroll bar: what is beside the page is lost. 186 mm are A4 less its margins, 703 dots of a screen.</summary>
    [SkippableFact]
    public async Task Page_Printed_CutsNoTableAndShowsWhatWasFoldedAway()
    {
        var table = new TableBlock { Columns = [.. GateHeads.Select(head => new TableColumn(head))], Rows = [.. Enumerable.Repeat(new[] { "accuracy by site of the second hospital", "0.88234", "0.91234", "+0.023456", "-0.0156 to +0.0557, p = 0.268", "drop ≤ 0.01, unless by chance at p < 0.05", "failed: mobile 0.37458 (n 299): below 0.7" }, 80)] };
        ReportModel model = new() { Title = "Printed", Sections = [new ReportSection { Name = "gates", Title = "Gates", Blocks = [table, new TableBlock { Columns = [new("Folded")], Rows = [["kept"]], CollapsedUnder = "More" }, new ChartBlock("c", new ConfusionChartData { Title = "Confusion", Labels = ["cat", "dog"], Counts = [8, 2, 1, 9] })] }] };
        IPage page = await OpenAsync(model, new() { ViewportSize = new() { Width = 703, Height = 1000 } });
        await page.EmulateMediaAsync(new() { Media = Media.Print });
        Assert.Equal(0, await page.EvaluateAsync<int>("document.documentElement.scrollWidth - document.documentElement.clientWidth"));
        Assert.Equal("", await page.EvaluateAsync<string>("[...document.querySelectorAll('.scroll')].filter(e => e.scrollWidth > e.clientWidth || getComputedStyle(e).overflowX !== 'visible').map(e => e.textContent.slice(0, 40)).join()"));
        Assert.True(await page.GetByText("kept").IsVisibleAsync());
        Assert.InRange(await page.EvaluateAsync<double>("document.querySelector('.light svg').getBoundingClientRect().height"), 100, 420);
        await page.CloseAsync();
    }

    [SkippableFact]
    public async Task Page_HostileText_RunsNothing()
    {
        const string hostile = "</title><script>document.title='x';alert(1)</script><img src=x onerror=alert(1)>";
        ReportModel model = new()
        {
            Title = hostile,
            Comparison = hostile,
            Sections = [new ReportSection { Name = "a", Title = hostile, Blocks = [new NoteBlock(hostile), new TableBlock { Columns = [new(hostile)], Rows = [[hostile]], CollapsedUnder = hostile }, new ChartBlock("c", new BarChartData { Title = hostile, ValueName = hostile, Bars = [new(hostile, 1)] })] }],
        };
        IPage page = await OpenAsync(model, new());
        Assert.Empty(_complaints);
        Assert.Equal(hostile, await page.TitleAsync());
        Assert.Equal(1, await page.EvaluateAsync<int>("document.scripts.length"));
        Assert.Equal(0, await page.EvaluateAsync<int>("document.images.length"));
        await page.CloseAsync();
    }

    private ReportModel Model()
    {
        string picture = Path.Combine(_folder.Path, "plot.png");
        File.WriteAllBytes(picture, Convert.FromBase64String(Pixel));
        return new ReportModel
        {
            Title = "Pets",
            Summary = new ParagraphBlock(new TextRun("Passed", RunStyle.Strong), new TextRun(": 3 gates.")),
            Comparison = "Compared with main.",
            Sections =
            [
                new ReportSection { Name = "metrics", Title = "Metrics", Blocks = [new TableBlock { Columns = [new("Metric"), new("Value", IsNumeric: true)], Rows = [["a", "10"], ["b", "9"], ["c", "–"], ["d", "-1.5"]], FaintRows = new HashSet<int> { 3 } }, new NoteBlock("A note.")] },
                new ReportSection
                {
                    Name = "curves",
                    Title = "Training curves",
                    Blocks =
                    [
                        new ChartBlock("loss", new LineChartData { Title = "loss", XName = "epoch", Series = [new LineSeries { Name = "loss", X = [0, 1, 2], Y = [1, 0.5, 0.25] }] }),
                        new ChartBlock("confusion", new ConfusionChartData { Title = "Confusion", Labels = ["cat", "dog"], Counts = [8, 2, 1, 9] }),
                        new ChartBlock("ages", HistogramBins.Of("Ages", "age", [("age", [1, 2, 3, 4, 5, 6, 7])])),
                    ],
                },
                new ReportSection { Name = "images", Title = "Images", Blocks = [new ImageBlock(picture, "plot.png") { Baseline = Convert.FromBase64String(Pixel) }, new ImageBlock(picture, "alone"), new ImageBlock(Path.Combine(_folder.Path, "gone.png"), "gone.png")] },
            ],
        };
    }

    private async Task<IPage> OpenAsync(ReportModel model, BrowserNewPageOptions options)
    {
        Skip.If(chromium.Browser is null, ChromiumFixture.Absent);
        string file = _folder.Write("report.html", new HtmlReportWriter().Render(model, CancellationToken.None));
        IPage page = await chromium.Browser.NewPageAsync(options);
        page.Console += (_, message) => _complaints.Add(message.Text);
        page.PageError += (_, error) => _complaints.Add(error);
        page.Dialog += async (_, dialog) => { _complaints.Add(dialog.Message); await dialog.DismissAsync(); };
        page.Request += (_, request) => _requests.Add(request.Url);
        await page.GotoAsync(new Uri(file).AbsoluteUri);
        return page;
    }
}
