using System.Net;
using System.Net.Http.Headers;
using CmlNet.Cli.Tests.Compatibility;
using CmlNet.Testing.GitHub;

namespace CmlNet.Cli.Tests.Commands.Assets.Serving;

public sealed class AssetServerTests
{
    private const string Token = "0123456789abcdef0123";
    private static readonly byte[] Png = [0x89, (byte)'P', (byte)'N', (byte)'G', 13, 10, 26, 10];

    [Fact]
    public async Task Get_PostedFile_IsTheSameForeverAndHarmless()
    {
        await using ServedVault served = await ServedVault.StartAsync();
        string url = await PostAsync(served, Png, "plot.png");
        Assert.Matches("^" + System.Text.RegularExpressions.Regex.Escape(served.Url) + "[0-9a-f]{32}\\.png$", url);
        using HttpResponseMessage reply = await served.Client.GetAsync(new Uri(url + "?cml=png&cache-bypass=1"));
        Assert.Equal(Png, await reply.Content.ReadAsByteArrayAsync());
        Assert.Equal("image/png", reply.Content.Headers.ContentType!.ToString());
        Assert.Equal("public, max-age=31536000, immutable", reply.Headers.CacheControl!.ToString());
        Assert.Equal("nosniff", Assert.Single(reply.Headers.GetValues("X-Content-Type-Options")));
        string policy = Assert.Single(reply.Headers.GetValues("Content-Security-Policy"));
        Assert.StartsWith("default-src 'none'", policy, StringComparison.Ordinal);
        Assert.Contains("sandbox", policy, StringComparison.Ordinal);
        using var conditional = new HttpRequestMessage(HttpMethod.Get, url) { Headers = { IfNoneMatch = { reply.Headers.ETag! } } };
        using HttpResponseMessage unchanged = await served.Client.SendAsync(conditional);
        Assert.Equal(HttpStatusCode.NotModified, unchanged.StatusCode);
        using HttpResponseMessage head = await served.Client.SendAsync(new HttpRequestMessage(HttpMethod.Head, url));
        Assert.Equal(Png.Length, head.Content.Headers.ContentLength);
    }

    [Theory]
    [InlineData("GET", "", 404)]
    [InlineData("GET", "key", 404)]
    [InlineData("GET", "..%2fkey", 404)]
    [InlineData("GET", "files/", 404)]
    [InlineData("GET", "healthz", 200)]
    [InlineData("DELETE", "x", 405)]
    [InlineData("PUT", "x", 405)]
    public async Task Answer_AnythingElse_ShowsNothing(string method, string path, int status)
    {
        await using ServedVault served = await ServedVault.StartAsync();
        await PostAsync(served, Png, "plot.png");
        using HttpResponseMessage reply = await served.Client.SendAsync(new HttpRequestMessage(new HttpMethod(method), served.Url + path));
        Assert.Equal(status, (int)reply.StatusCode);
        Assert.InRange((await reply.Content.ReadAsStringAsync()).Length, 1, 60);
    }

    [Fact]
    public async Task Post_HtmlOrTooMuch_IsRefusedAndNotKept()
    {
        await using ServedVault served = await ServedVault.StartAsync(sizeLimit: 1000);
        using HttpResponseMessage html = await SendAsync(served, "<html><script>1</script>"u8.ToArray(), "x.html", token: null);
        Assert.Equal(HttpStatusCode.UnsupportedMediaType, html.StatusCode);
        using HttpResponseMessage large = await SendAsync(served, new byte[1001], "x.png", token: null);
        Assert.Equal(HttpStatusCode.RequestEntityTooLarge, large.StatusCode);
        using HttpResponseMessage empty = await SendAsync(served, [], "x.png", token: null);
        Assert.Equal(HttpStatusCode.BadRequest, empty.StatusCode);
        Assert.Empty(Directory.EnumerateFiles(served.FilesDirectory, "*", SearchOption.AllDirectories));
    }

    [Theory]
    [InlineData(null, 401)]
    [InlineData("0123456789abcdef012", 401)]
    [InlineData("0123456789abcdef0123", 200)]
    public async Task Post_TokenAskedFor_TakesTheRightOneOnly(string? token, int status)
    {
        await using ServedVault served = await ServedVault.StartAsync(Token, new Uri("https://assets.example.com/cml"));
        using HttpResponseMessage reply = await SendAsync(served, Png, "plot.png", token);
        Assert.Equal(status, (int)reply.StatusCode);
        string text = await reply.Content.ReadAsStringAsync();
        Assert.Equal(status == 200, text.StartsWith("https://assets.example.com/cml/", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Comment_AssetUrlAtTheServer_LinksItsFiles()
    {
        await using FakeGitHub gitHub = await FakeGitHub.StartAsync();
        await using ServedVault served = await ServedVault.StartAsync(Token);
        using DropInRun run = DropInRun.On(gitHub);
        run.Environment["CML_ASSET_URL"] = served.Url;
        run.Environment["CML_ASSET_UPLOAD_TOKEN"] = Token;
        run.WritePicture("plot.png");
        run.Write("report.md", "![a](plot.png)");
        Assert.Equal(0, await run.CmlAsync("comment", "create", "report.md", "--target=pr/5"));
        string body = Assert.Single(gitHub.Repositories["o/r"].Comments).Body;
        Assert.StartsWith($"![a]({served.Url}", body, StringComparison.Ordinal);
        Assert.Equal(Png, await served.Client.GetByteArrayAsync(new Uri(body[5..body.IndexOf(')', StringComparison.Ordinal)])));
        Assert.DoesNotContain(Token, run.Error, StringComparison.Ordinal);

        run.Environment["CML_ASSET_UPLOAD_TOKEN"] = "another-token-of-length";
        Assert.Equal(0, await run.CmlAsync("comment", "create", "report.md", "--target=pr/5"));
        Assert.StartsWith("*`plot.png` was not published", gitHub.Repositories["o/r"].Comments[1].Body, StringComparison.Ordinal);
        Assert.Contains("401", run.Error, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("--listen=here", "is not an address and a port")]
    [InlineData("--listen=192.0.2.1:80", "cannot listen")]
    [InlineData("--max-size=0", "is not a number of MiB")]
    [InlineData("--types=text/html", "cannot be served safely")]
    [InlineData("--public-url=ftp://x", "is not an address")]
    [InlineData("--upload-token-file=nope", "there is no such file")]
    public async Task Serve_BadOption_SaysWhatIsWrong(string option, string message)
    {
        using var run = new DropInRun();
        Assert.Equal((1, ""), (await run.CmlAsync("asset", "serve", option), run.Output));
        Assert.Contains(message, run.Error, StringComparison.Ordinal);
    }

    private static async Task<string> PostAsync(ServedVault served, byte[] content, string name)
    {
        using HttpResponseMessage reply = await SendAsync(served, content, name, token: null);
        return await reply.EnsureSuccessStatusCode().Content.ReadAsStringAsync();
    }

    private static Task<HttpResponseMessage> SendAsync(ServedVault served, byte[] content, string name, string? token)
    {
        var request = new HttpRequestMessage(HttpMethod.Post, served.Url + "upload") { Content = new ByteArrayContent(content) };
        request.Content.Headers.ContentDisposition = ContentDispositionHeaderValue.Parse($"inline; filename=\"{name}\"");
        if (token is not null)
            request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", token);
        return served.Client.SendAsync(request);
    }
}
