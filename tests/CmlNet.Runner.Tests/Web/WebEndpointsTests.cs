using System.Net;
using System.Net.Http.Headers;
using System.Text.Json;
using System.Text.RegularExpressions;
using CmlNet.Containers;
using CmlNet.Runner.Harvest;
using CmlNet.Runner.Journal;
using CmlNet.Runner.Tests.Daemon;
using CmlNet.Runner.Tests.Deploy;
using CmlNet.Testing.Actions.State;
using Microsoft.Playwright;

namespace CmlNet.Runner.Tests.Web;

public sealed partial class WebEndpointsTests(ChromiumFixture chromium) : IClassFixture<ChromiumFixture>
{
    [Fact]
    public async Task Loopback_WithoutAToken_ShowsAndChangesNothing()
    {
        (DaemonScene scene, HttpClient client) = await StartAsync("");
        await using DaemonScene _ = scene;
        Assert.Equal("ok\n", await client.GetStringAsync("/healthz"));
        await Polling.UntilAsync(async () => (await client.GetAsync("/readyz")).IsSuccessStatusCode, static () => "it is ready");
        Assert.Equal("ready\n", await client.GetStringAsync("/readyz"));
        Assert.Contains("\"name\":\"gpu1\"", await client.GetStringAsync("/api/status"), StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.Forbidden, (await client.PostAsync("/api/drain", null)).StatusCode);
        Assert.Equal(HttpStatusCode.NotFound, (await client.GetAsync("/api/logs/none")).StatusCode);
        using HttpResponseMessage page = await client.GetAsync("/");
        Assert.Contains("default-src 'none'", page.Headers.GetValues("Content-Security-Policy").Single(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Drain_WithoutTheTokenOrFromAnotherPage_IsRefused()
    {
        (DaemonScene scene, HttpClient client) = await StartAsync(", token: { env: SECRET }");
        await using DaemonScene _ = scene;
        Assert.Equal(HttpStatusCode.Unauthorized, (await client.PostAsync("/api/drain", null)).StatusCode);
        client.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", "hush");
        using var foreign = new HttpRequestMessage(HttpMethod.Post, "/api/drain");
        foreign.Headers.Add("Sec-Fetch-Site", "cross-site");
        Assert.Equal(HttpStatusCode.Unauthorized, (await client.SendAsync(foreign)).StatusCode);
        Assert.Contains("no more jobs are taken", await (await client.PostAsync("/api/drain", null)).Content.ReadAsStringAsync(), StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.ServiceUnavailable, (await client.GetAsync("/readyz")).StatusCode);
    }

    [Fact]
    public async Task AnyAddress_WithoutTheToken_ShowsHealthAlone()
    {
        (DaemonScene scene, HttpClient client) = await StartAsync(", token: { env: SECRET }", "0.0.0.0:");
        await using DaemonScene _ = scene;
        Assert.Equal("ok\n", await client.GetStringAsync("/healthz"));
        foreach (string path in (string[])["/", "/metrics", "/api/status", "/api/logs/x", "/api/usage/x"])
        {
            using HttpResponseMessage refused = await client.GetAsync(path);
            Assert.Equal(HttpStatusCode.Unauthorized, refused.StatusCode);
            Assert.DoesNotContain("gpu1", await refused.Content.ReadAsStringAsync(), StringComparison.Ordinal);
        }

        // The page's own form; the cookie is kept by the client.
        using (HttpResponseMessage wrong = await client.PostAsync("/login", Form("guess")))
            Assert.Contains("<form", await wrong.Content.ReadAsStringAsync(), StringComparison.Ordinal);
        using (HttpResponseMessage right = await client.PostAsync("/login", Form("hush")))
            Assert.Contains("status.js", await right.Content.ReadAsStringAsync(), StringComparison.Ordinal);
        Assert.Contains("gpu1", await client.GetStringAsync("/api/status"), StringComparison.Ordinal);

        static FormUrlEncodedContent Form(string token) => new([new("token", token)]);
    }

    [Theory]
    [InlineData("POST", "/login", "application/json", "{}", 400)]
    [InlineData("POST", "/login", "multipart/form-data; boundary=x", "--x\r\nnothing", 400)]
    [InlineData("POST", "/login", null, "", 400)]
    [InlineData("DELETE", "/api/status", null, "", 405)]
    [InlineData("GET", "/api/logs/..%2f..%2fetc%2fpasswd", null, "", 404)]
    [InlineData("GET", "/api/usage/%1b%5b31m'%22--", null, "", 404)]
    [InlineData("GET", "/../../etc/passwd", null, "", 404)]
    public async Task Server_AskedForSomethingStrange_SaysNoAndGoesOn(string method, string path, string? type, string body, int status)
    {
        (DaemonScene scene, HttpClient client) = await StartAsync(", token: { env: SECRET }");
        await using DaemonScene _ = scene;
        using var request = new HttpRequestMessage(new HttpMethod(method), path);
        if (method == "POST")
        {
            request.Content = new StringContent(body);
            request.Content.Headers.ContentType = type is null ? null : MediaTypeHeaderValue.Parse(type);
        }

        using HttpResponseMessage answer = await client.SendAsync(request);
        Assert.Equal(status, (int)answer.StatusCode);
        Assert.DoesNotContain("   at ", await answer.Content.ReadAsStringAsync(), StringComparison.Ordinal);
        Assert.Equal("ok\n", await client.GetStringAsync("/healthz"));
    }

    [Fact]
    public async Task Loopback_AskedUnderAForeignName_Refuses()
    {
        (DaemonScene scene, HttpClient client) = await StartAsync("");
        await using DaemonScene _ = scene;
        using var request = new HttpRequestMessage(HttpMethod.Get, "/api/status");
        request.Headers.Host = "evil.example";
        Assert.Equal(HttpStatusCode.BadRequest, (await client.SendAsync(request)).StatusCode);
    }

    [Fact]
    public async Task Metrics_AfterAJob_AreInPrometheusFormat()
    {
        (DaemonScene scene, HttpClient client) = await StartAsync("");
        await using DaemonScene _ = scene;
        FakeJob job = scene.Service.Queue("gpu1");
        await Polling.UntilAsync(() => scene.HasEvent("job_ended"), "the job is done");
        string text = await client.GetStringAsync("/metrics");
        Assert.All(text.Split('\n', StringSplitOptions.RemoveEmptyEntries), line => Assert.Matches(Sample(), line));
        Assert.Contains("gha_completed_jobs_total{name=\"gpu1\",job_result=\"succeeded\"} 1\n", text, StringComparison.Ordinal);
        Assert.Contains("gha_max_runners{name=\"gpu1\"} 2\n", text, StringComparison.Ordinal);
        Assert.Contains("gha_job_startup_duration_seconds_count{name=\"gpu1\"} 1\n", text, StringComparison.Ordinal);
        Assert.Contains("cml_gpu_allocated{uuid=\"GPU-0\",name=\"Simulated\"}", text, StringComparison.Ordinal);
        Assert.Equal("succeeded", job.Result);
    }

    // Whatever an alert or a panel asks for must be there, or it stays silent.
    [Fact]
    public async Task Metrics_AfterAJob_HaveAllThatRulesAndDashboardName()
    {
        (DaemonScene scene, HttpClient client) = await StartAsync("");
        await using DaemonScene _ = scene;
        scene.Service.Queue("gpu1");
        await Polling.UntilAsync(() => scene.HasEvent("job_ended") && scene.Host.Present == 0, "the job is done and its runner gone");
        string[] served = [.. (await client.GetStringAsync("/metrics")).Split('\n').Where(line => line.StartsWith("# TYPE ", StringComparison.Ordinal)).Select(line => line.Split(' ')[2])];
        string[] missing = [.. DeployFilesTests.NamedMetrics().Except(served, StringComparer.Ordinal)];
        Assert.True(missing.Length == 0, string.Join(", ", missing));
    }

    [SkippableFact]
    public async Task Page_InABrowser_ShowsPoolsAndJobsAsText()
    {
        Skip.If(chromium.Browser is null, ChromiumFixture.Absent);
        (DaemonScene scene, HttpClient client) = await StartAsync(", token: { env: SECRET }");
        await using DaemonScene _ = scene;
        scene.Service.Queue(["gpu1"], "hold", owner: "<img src=x onerror=document.title='evil'>");
        await Polling.UntilAsync(() => scene.HasEvent("job_started"), "it runs");
        IPage page = await NewPageAsync(chromium.Browser);
        var errors = new List<string>();
        page.Console += (_, message) =>
        {
            if (message.Type == "error")
                errors.Add(message.Text);
        };

        await page.GotoAsync(client.BaseAddress!.ToString());
        await page.Locator("#runners >> text=job-1001").First.WaitForAsync();
        Assert.Contains("ready", await page.Locator("#pools").InnerTextAsync(), StringComparison.Ordinal);
        Assert.Contains("Simulated", await page.Locator("#gpus").InnerTextAsync(), StringComparison.Ordinal);
        Assert.Contains("<img src=x", await page.Locator("#runners").InnerTextAsync(), StringComparison.Ordinal);
        Assert.Equal("cml runner", await page.TitleAsync());
        Assert.Empty(errors);
        await page.Locator("#drain").ClickAsync();
        await page.Locator("text=The token is missing or wrong.").WaitForAsync();
        await page.CloseAsync();
    }

    [SkippableFact]
    public async Task Page_JobWithAReportAndUsage_LinksAndPlotsThem()
    {
        Skip.If(chromium.Browser is null, ChromiumFixture.Absent);
        (DaemonScene scene, HttpClient client) = await StartAsync("");
        await using DaemonScene _ = scene;
        FakeJob job = scene.Service.Queue("gpu1");
        await Polling.UntilAsync(() => scene.HasEvent("job_ended"), "the job is done");
        using (SqliteJournal journal = SqliteJournal.Open(Path.Combine(scene.Folder, "data"), TimeProvider.System))
        {
            string runner = job.Agent!.Name; // it ran on one
            journal.SaveReport(runner, "javascript:alert(1)");
            JobUsage? usage = null;
            for (int i = 0; i < 20; i++)
                usage = UsageSampler.Add(usage, new ContainerUsage { Cpu = TimeSpan.FromSeconds(i * i), MemoryBytes = 1_000_000 * i }, [], DateTimeOffset.UnixEpoch.AddSeconds(10 * i));
            journal.SaveUsage(runner, JsonSerializer.Serialize(usage!, HarvestJson.Default.JobUsage)); // it was just made
            IPage page = await NewPageAsync(chromium.Browser);
            await page.GotoAsync(client.BaseAddress!.ToString());
            await page.Locator("#jobs >> text=Plot").WaitForAsync();
            Assert.Equal(0, await page.Locator("#jobs a").CountAsync()); // no address of the web: not followed
            journal.SaveReport(runner, "https://github.com/acme/models/pull/7#issuecomment-1");
            await page.Locator("#jobs a").WaitForAsync();
            Assert.Equal("https://github.com/acme/models/pull/7#issuecomment-1", await page.Locator("#jobs a").GetAttributeAsync("href"));
            await page.Locator("#jobs >> text=Plot").ClickAsync();
            await page.Locator("#usage svg polyline").First.WaitForAsync(new LocatorWaitForOptions { State = WaitForSelectorState.Attached });
            Assert.Equal(["CPUs, at most 3.7", "Memory, at most 19 MB"], await page.Locator("#usage figcaption").AllInnerTextsAsync());
            await page.CloseAsync();
        }
    }

    private static async Task<IPage> NewPageAsync(IBrowser browser)
    {
        IPage page = await browser.NewPageAsync();
        page.SetDefaultTimeout((float)Polling.Patience.TotalMilliseconds);
        page.SetDefaultNavigationTimeout((float)Polling.Patience.TotalMilliseconds);
        return page;
    }

    private static async Task<(DaemonScene Scene, HttpClient Client)> StartAsync(string token, string address = "")
    {
        int port = FreePort.Take();
        DaemonScene scene = await DaemonScene.StartAsync();
        scene.Gpus = 1;
        scene.Yaml = $"web: {{ listen: '{address}{port}'{token} }}\npools: [{{ name: gpu1, gpus: 1, max: 2 }}]";
        await scene.StartDaemonAsync();
        return (scene, new HttpClient { BaseAddress = new Uri($"http://127.0.0.1:{port}") });
    }

    [GeneratedRegex("""^(# (HELP|TYPE) [a-z_]+ .+|[a-z_]+(\{([a-z_]+="([^"\\]|\\.)*",?)+\})? [0-9.E+-]+)$""", RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Sample();
}
