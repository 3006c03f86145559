using System.Text;
using System.Text.RegularExpressions;
using CmlNet.Publishing.Assets;
using CmlNet.Publishing.Comments;
using CmlNet.Testing.GitHub;

namespace CmlNet.Publishing.Tests.Assets;

public sealed class AssetServerStoreTests
{
    private const string Uuid = "[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}";

    [Fact]
    public async Task Store_File_IsPostedAsCmlDoesAndItsUrlDecorated()
    {
        await using FakeAssetServer server = await FakeAssetServer.StartAsync();
        string url = await StoreAsync(server, new Asset { FileName = "a \"b\".svg", MediaType = "image/svg+xml", Content = Encoding.UTF8.GetBytes("<svg/>") });
        Assert.Matches($"^{Regex.Escape(server.Url)}/[0-9a-f]{{64}}\\?cml=svg%2Bxml&cache-bypass={Uuid}$", url);
        Assert.True(server.Uploads.TryDequeue(out (string FileName, string ContentType, byte[] Content) upload));
        Assert.Equal(("a _b_.svg", "image/svg+xml", "<svg/>"), (upload.FileName, upload.ContentType, Encoding.UTF8.GetString(upload.Content)));
    }

    [Fact]
    public async Task Store_WithoutMark_KeepsTheCacheBypass()
    {
        await using FakeAssetServer server = await FakeAssetServer.StartAsync();
        Assert.Matches($"/[0-9a-f]{{64}}\\?cache-bypass={Uuid}$", await StoreAsync(server, Text("x"), hasMark: false));
    }

    [Theory]
    [InlineData("")]
    [InlineData("Internal error")]
    [InlineData("file:///etc/passwd")]
    [InlineData("javascript:alert(1)")]
    public async Task Store_AnswerIsNoUrl_SaysSo(string answer)
    {
        await using FakeAssetServer server = await FakeAssetServer.StartAsync();
        server.Answer = answer;
        PublishingException e = await Assert.ThrowsAsync<PublishingException>(() => StoreAsync(server, Text("x")));
        Assert.Contains("asset server", e.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Publish_OneUploadFails_CommentHasTheOthersAndANote()
    {
        await using FakeAssetServer server = await FakeAssetServer.StartAsync();
        await using Scene scene = await Scene.OpenAsync();
        scene.AssetServer = new Uri(server.Url);
        scene.Retries = scene.Retries with { Retries = 1 };
        scene.Write("good.png", [0x89, (byte)'P', (byte)'N', (byte)'G']);
        scene.Write("bad.png", [0x89, (byte)'P', (byte)'N', (byte)'G', 1]);
        server.Failing["bad.png"] = true;
        await scene.PublishAsync(new CommentRequest { Report = "![g](good.png)\n![b](bad.png) ![g](good.png)", Target = "pr/5" });
        string body = Assert.Single(scene.Repository.Comments).Body;
        Assert.Matches($"^!\\[g\\]\\((?<url>{Regex.Escape(server.Url)}/[0-9a-f]+\\?cml=png&cache-bypass={Uuid})\\)\n\\*`bad.png` was not published: the upload failed, see the log\\* !\\[g\\]\\(\\k<url>\\)\n\n!\\[\\]", body);
        Assert.Single(server.Uploads);
    }

    [Fact]
    public async Task Update_SameReportAndPicture_SendsNoComment()
    {
        await using FakeAssetServer server = await FakeAssetServer.StartAsync();
        await using Scene scene = await Scene.OpenAsync();
        scene.AssetServer = new Uri(server.Url);
        scene.Write("plot.png", [0x89, (byte)'P', (byte)'N', (byte)'G']);
        var request = new CommentRequest { Report = "![a](plot.png)", Target = "pr/5", IsUpdate = true };
        await scene.PublishAsync(request);
        string first = Assert.Single(scene.Repository.Comments).Body;
        await scene.PublishAsync(request);
        Assert.DoesNotContain(scene.Calls(), call => call.StartsWith("PATCH", StringComparison.Ordinal));
        scene.Write("plot.png", [0x89, (byte)'P', (byte)'N', (byte)'G', 1]);
        await scene.PublishAsync(request);
        Assert.NotEqual(first, Assert.Single(scene.Repository.Comments).Body);
    }

    private static Asset Text(string text) => new() { FileName = "a.txt", MediaType = "text/plain", Content = Encoding.UTF8.GetBytes(text) };

    private static async Task<string> StoreAsync(FakeAssetServer server, Asset asset, bool hasMark = true)
    {
        using var services = new PublishingServices(
            new PublishingOptions { WorkingDirectory = "/", AssetServer = new Uri(server.Url), HasAssetMark = hasMark },
            Microsoft.Extensions.Logging.Abstractions.NullLogger.Instance);
        return await services.OpenAssetStore("server").StoreAsync(asset);
    }
}
