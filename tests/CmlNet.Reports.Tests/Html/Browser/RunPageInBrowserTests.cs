using System.Text.Json;
using CmlNet.Reports.Html.RunPage;
using CmlNet.Reports.Tests.Html.RunPage;
using Microsoft.Playwright;

namespace CmlNet.Reports.Tests.Html.Browser;

public sealed class RunPageInBrowserTests(ChromiumFixture chromium) : IClassFixture<ChromiumFixture>, IDisposable
{
    private readonly string _directory = Directory.CreateTempSubdirectory("cml-page-").FullName;

    public void Dispose() => Directory.Delete(_directory, recursive: true);

    [SkippableTheory]
    [InlineData(1280, ColorScheme.Light)]
    [InlineData(1280, ColorScheme.Dark)]
    [InlineData(400, ColorScheme.Light)]
    [InlineData(400, ColorScheme.Dark)]
    public async Task Page_Opened_IsWholeQuietAndFits(int width, ColorScheme scheme)
    {
        await using var opened = await OpenAsync(SamplePage.Model, width, scheme);
        var page = opened.Page;
        Assert.Empty(opened.Complaints);
        Assert.Equal([opened.Url], opened.Requests.Where(url => !url.StartsWith("data:", StringComparison.Ordinal)));
        Assert.Equal(0, await page.EvaluateAsync<int>("document.documentElement.scrollWidth - document.documentElement.clientWidth"));
        Assert.Equal("", await page.EvaluateAsync<string>("[...document.images].filter(i => !i.hasAttribute('alt') || !i.complete || i.naturalWidth === 0).map(i => i.outerHTML).join()"));
        var source = await page.EvaluateAsync<string>("atob(document.images[0].currentSrc.split(',')[1])");
        Assert.Contains(scheme == ColorScheme.Dark ? "#4493f8" : "#0969da", source, StringComparison.Ordinal);
        if (Environment.GetEnvironmentVariable("CML_SCREENSHOTS") is { Length: > 0 } folder)
            await page.ScreenshotAsync(new() { Path = Path.Combine(folder, $"page-{width}-{scheme}.png"), FullPage = true });
    }

    [SkippableTheory]
    [InlineData(ColorScheme.Light)]
    [InlineData(ColorScheme.Dark)]
    public async Task Page_EveryText_HasContrast(ColorScheme scheme)
    {
        await using var opened = await OpenAsync(SamplePage.Model, 1280, scheme);
        await opened.Page.EvaluateAsync("document.querySelectorAll('details').forEach(d => d.open = true)");
        var poor = await opened.Page.EvaluateAsync<string[]>(
            """
            () => {
              const parse = c => { const m = c.match(/[\d.]+/g).map(Number); return {r: m[0], g: m[1], b: m[2], a: m.length > 3 ? m[3] : 1}; };
              const over = (top, under) => ({r: top.r * top.a + under.r * (1 - top.a), g: top.g * top.a + under.g * (1 - top.a), b: top.b * top.a + under.b * (1 - top.a), a: 1});
              const light = c => { const f = v => (v /= 255) <= .03928 ? v / 12.92 : ((v + .055) / 1.055) ** 2.4; return .2126 * f(c.r) + .7152 * f(c.g) + .0722 * f(c.b); };
              const ground = e => { const layers = []; for (; e; e = e.parentElement) layers.push(parse(getComputedStyle(e).backgroundColor)); return layers.reverse().reduce((u, l) => over(l, u), {r: 255, g: 255, b: 255, a: 1}); };
              const poor = [];
              const walk = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
              while (walk.nextNode()) {
                const e = walk.currentNode.parentElement;
                if (!walk.currentNode.data.trim() || e.closest('.avatar, svg') || !e.getClientRects().length) continue;
                const under = ground(e), text = over(parse(getComputedStyle(e).color), under);
                const [a, b] = [light(text), light(under)].sort((x, y) => y - x);
                const ratio = (a + .05) / (b + .05);
                if (ratio < 4.5) poor.push(ratio.toFixed(2) + ' ' + e.className + ' ' + walk.currentNode.data.trim().slice(0, 40));
              }
              return poor;
            }
            """);
        Assert.Empty(poor);
    }

    [SkippableFact]
    public async Task Page_StepLog_OpensByClickAndByKeyboard()
    {
        await using var opened = await OpenAsync(SamplePage.Model, 1280, ColorScheme.Light);
        var line = opened.Page.GetByText("Engine: docker", new() { Exact = true });
        Assert.False(await line.IsVisibleAsync());
        await opened.Page.Locator("summary.step").First.ClickAsync();
        await line.WaitForAsync(new() { State = WaitForSelectorState.Visible });
        await opened.Page.Locator("summary.step").First.PressAsync("Enter");
        await line.WaitForAsync(new() { State = WaitForSelectorState.Hidden });
        Assert.True(await opened.Page.Locator(".log .error").First.IsVisibleAsync());
    }

    [SkippableFact]
    public async Task Page_Structure_IsThatOfADocument()
    {
        await using var opened = await OpenAsync(SamplePage.Model, 1280, ColorScheme.Light);
        var found = await opened.Page.EvaluateAsync<JsonElement>(
            """
            () => ({
              landmarks: ['body > header', 'nav[aria-label]', 'main', 'body > footer'].map(s => document.querySelectorAll(s).length).join(),
              sections: [...document.querySelectorAll('main > *')].map(e => e.localName + '#' + e.id).join(),
              titles: document.querySelectorAll('body > header h1').length,
              dead: [...document.querySelectorAll('a[href^="#"]')].filter(a => !document.getElementById(decodeURIComponent(a.hash.slice(1)))).map(a => a.hash).join(),
              first: (() => { const all = [...document.querySelectorAll('a[href],summary,[tabindex]')]; return all[0].className; })(),
              scripts: document.scripts.length,
            })
            """);
        Assert.Equal("1,1,1,1", found.GetProperty("landmarks").GetString());
        Assert.Equal("section#comments,section#checks,section#annotations,section#jobs,section#summaries", found.GetProperty("sections").GetString());
        Assert.Equal(1, found.GetProperty("titles").GetInt32());
        Assert.Equal("", found.GetProperty("dead").GetString());
        Assert.Equal("skip", found.GetProperty("first").GetString());
        Assert.Equal(0, found.GetProperty("scripts").GetInt32());
    }

    private async Task<OpenedPage> OpenAsync(RunPageModel model, int width, ColorScheme scheme)
    {
        Skip.If(chromium.Browser is null, ChromiumFixture.Absent);
        var file = Path.Combine(_directory, "report.html");
        await File.WriteAllTextAsync(file, RunPageWriterTests.Write(model));
        var page = await chromium.Browser.NewPageAsync(new() { ColorScheme = scheme, ViewportSize = new() { Width = width, Height = 900 } });
        var opened = new OpenedPage(page, new Uri(file).AbsoluteUri);
        await page.GotoAsync(opened.Url);
        return opened;
    }

    private sealed class OpenedPage : IAsyncDisposable
    {
        public OpenedPage(IPage page, string url)
        {
            (Page, Url) = (page, url);
            page.Console += (_, message) => Complaints.Add(message.Text);
            page.PageError += (_, error) => Complaints.Add(error);
            page.Request += (_, request) => Requests.Add(request.Url);
        }

        public IPage Page { get; }

        public string Url { get; }

        public List<string> Complaints { get; } = [];

        public List<string> Requests { get; } = [];

        public async ValueTask DisposeAsync() => await Page.CloseAsync();
    }
}
