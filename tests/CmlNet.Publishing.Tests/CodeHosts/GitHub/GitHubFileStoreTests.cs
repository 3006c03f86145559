using CmlNet.Publishing.Assets;
using CmlNet.Publishing.CodeHosts.GitHub;
using CmlNet.Publishing.Http;
using CmlNet.Testing.GitHub;
using Microsoft.Extensions.Logging.Abstractions;

namespace CmlNet.Publishing.Tests.CodeHosts.GitHub;

public sealed class GitHubFileStoreTests
{
    private static readonly byte[] Png = [0x89, (byte)'P', (byte)'N', (byte)'G', 13, 10, 26, 10];

    [Fact]
    public async Task Release_FilesOfTwoRuns_AreInOneReleaseEachOnce()
    {
        await using Scene scene = await Scene.OpenAsync();
        string first = await StoreAsync(scene, Png);
        Assert.Matches($"^{scene.GitHub.Url}/octocat/iris/releases/download/cml-assets/[0-9a-f]{{16}}\\.png$", first);
        Assert.Equal(first, await StoreAsync(scene, Png));
        Assert.NotEqual(first, await StoreAsync(scene, [.. Png, 1]));
        Assert.Equal(2, Assert.Single(scene.Repository.Releases).Value.Count);
        Forget(scene);
    }

    [Theory]
    [InlineData("/releases", FaultKind.ResetAfterApplying)]
    [InlineData("/releases", FaultKind.StatusBeforeApplying)]
    [InlineData("/assets", FaultKind.ResetAfterApplying)]
    [InlineData("/assets", FaultKind.StatusAfterApplying)]
    public async Task Release_AnswerLost_LosesNoFile(string end, FaultKind kind)
    {
        await using Scene scene = await Scene.OpenAsync();
        scene.GitHub.Faults.Add(new Fault { Kind = kind, PathEnd = end });
        await StoreAsync(scene, Png);
        Assert.Equal(Png, Assert.Single(Assert.Single(scene.Repository.Releases).Value).Value);
        Forget(scene);
    }

    [Fact]
    public async Task Release_EarlierUploadFailedInTheMiddle_IsReplaced()
    {
        await using Scene scene = await Scene.OpenAsync();
        string name = Path.GetFileName(await StoreAsync(scene, Png));
        Dictionary<string, byte[]> files = Assert.Single(scene.Repository.Releases).Value;
        files[name] = [];
        scene.Repository.HalfUploaded.Add(name);
        await StoreAsync(scene, Png);
        Assert.Equal(Png, Assert.Single(files).Value);
        Assert.Empty(scene.Repository.HalfUploaded);
        // Its text speaks of "starter", and its list of states does not.
        Forget(scene, "/releases/{release_id}/assets");
    }

    [Fact]
    public async Task Release_AnotherJobIsStillSendingThePicture_IsWaitedFor()
    {
        await using Scene scene = await Scene.OpenAsync();
        string name = Path.GetFileName(await StoreAsync(scene, Png));
        scene.Repository.HalfUploaded.Add(name);
        ApiClient Client(string path) => new(new SocketsHttpHandler(), new Uri(scene.GitHub.Url + path), TimeProvider.System, NullLogger.Instance, scene.Retries) { DefaultHeaders = [new("Authorization", "token " + Scene.Token)] };
        using ApiClient rest = Client("/api/v3/");
        var time = new WaitingTime(() => scene.Repository.HalfUploaded.Remove(name));
        using var store = new GitHubReleaseStore(new GitHubApi(new JsonCalls(rest, GitHubApi.Name), "octocat", "iris") { GraphAddress = "" }, Client("/api/uploads/"), new Uri("https://github.com/octocat/iris"), time);
        await store.StoreAsync(new Asset { FileName = "plot.png", MediaType = "image/png", Content = Png });
        Assert.DoesNotContain(scene.Calls(), call => call.StartsWith("DELETE", StringComparison.Ordinal));
        Forget(scene, "/releases/{release_id}/assets");
    }

    [Fact]
    public async Task Release_RefusedForAnotherReason_IsAFailure()
    {
        await using Scene scene = await Scene.OpenAsync();
        scene.GitHub.Faults.Add(new Fault { Kind = FaultKind.StatusBeforeApplying, Status = 422, PathEnd = "/assets", Body = """{"message":"Validation Failed"}""" });
        PublishingException e = await Assert.ThrowsAsync<PublishingException>(() => StoreAsync(scene, Png));
        Assert.Contains("Validation Failed", e.Message, StringComparison.Ordinal);
        Forget(scene);
    }

    [Fact]
    public async Task Attachments_Picture_GoesToTheRepositoryByItsNumber()
    {
        await using Scene scene = await Scene.OpenAsync();
        ApiClient Client(string path) => new(new SocketsHttpHandler(), new Uri(scene.GitHub.Url + path), TimeProvider.System, NullLogger.Instance, scene.Retries) { DefaultHeaders = [new("Authorization", "token " + Scene.Token)] };
        using ApiClient rest = Client("/api/v3/");
        using var store = new GitHubAttachmentStore(new GitHubApi(new JsonCalls(rest, GitHubApi.Name), "octocat", "iris") { GraphAddress = "" }, Client("/api/uploads/"));
        Assert.Equal($"{scene.GitHub.Url}/user-attachments/assets/42-a b.png", await store.StoreAsync(new Asset { FileName = "a b.png", MediaType = "image/png", Content = Png }));
        await Assert.ThrowsAsync<PublishingException>(() => store.StoreAsync(new Asset { FileName = "a.zip", MediaType = "application/zip", Content = Png }));
    }

    [Theory]
    [InlineData("https://ghe.example/o/r", "ghp_personal-token", "for github.com only")]
    [InlineData("https://github.com/o/r", "ghs_job-token-value", "needs a personal token")]
    public void Attachments_WhereTheyCannotBe_AreRefusedBeforeAnythingIsSent(string repository, string token, string message)
    {
        using var services = new PublishingServices(
            new PublishingOptions { WorkingDirectory = "/", Repository = repository, Driver = "github", Token = token, AssetStore = "attachments" },
            NullLogger.Instance);
        Assert.Contains(message, Assert.Throws<PublishingException>(services.OpenAssetStore).Message, StringComparison.Ordinal);
    }

    /// <summary>GitHub's description has uploads under another host, so they cannot be checked against it.</summary>
    private static void Forget(Scene scene, string end = "(none)")
    {
        Exchange[] all = [.. scene.GitHub.Exchanges];
        scene.GitHub.Exchanges.Clear();
        foreach (Exchange exchange in all.Where(e => e.Template?.StartsWith("/api/uploads/", StringComparison.Ordinal) != true && e.Template?.EndsWith(end, StringComparison.Ordinal) != true))
            scene.GitHub.Exchanges.Enqueue(exchange);
    }

    private static async Task<string> StoreAsync(Scene scene, byte[] content)
    {
        using PublishingServices services = scene.Services();
        return await services.OpenAssetStore("release").StoreAsync(new Asset { FileName = "plot.png", MediaType = "image/png", Content = content });
    }

    /// <summary>Whoever waits finds that something has happened meanwhile, and does not wait.</summary>
    private sealed class WaitingTime(Action happens) : TimeProvider
    {
        public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period)
        {
            happens();
            return base.CreateTimer(callback, state, TimeSpan.Zero, period);
        }
    }
}
