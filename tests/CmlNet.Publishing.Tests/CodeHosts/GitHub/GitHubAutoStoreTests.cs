using CmlNet.Publishing.Assets;
using CmlNet.Publishing.CodeHosts;
using CmlNet.Publishing.CodeHosts.GitHub;
using CmlNet.Publishing.Comments;
using CmlNet.Publishing.Http;
using CmlNet.Testing.GitHub;
using Microsoft.Extensions.Logging.Abstractions;

namespace CmlNet.Publishing.Tests.CodeHosts.GitHub;

/// <summary>Which store is chosen, and what happens where it refuses. The repository says that it is on github.com; the fake answers.</summary>
public sealed class GitHubAutoStoreTests
{
    private static readonly Asset Picture = new() { FileName = "plot.png", MediaType = "image/png", Content = new byte[] { 0x89, (byte)'P', (byte)'N', (byte)'G' } };

    [Theory]
    [InlineData(false, true, "ref", "the repository is public")]
    [InlineData(true, true, "attachments", "the token is a person's")]
    [InlineData(true, false, "ref", "who is signed in sees them")]
    public async Task Choose_VisibilityAndToken_Decide(bool isPrivate, bool isPersonal, string store, string reason)
    {
        await using Scene scene = await Scene.OpenAsync();
        scene.Repository.IsPrivate = isPrivate;
        using var surroundings = new Surroundings(scene);
        GitHubAutoStore auto = surroundings.Open(isPersonal);
        (string name, string why) = await auto.ChooseAsync(CancellationToken.None);
        Assert.Equal(store, name);
        Assert.Contains(reason, why, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Store_PublicRepository_IsLinkedByCommitOnTheHostWithoutAProxy()
    {
        await using Scene scene = await Scene.OpenAsync();
        using var surroundings = new Surroundings(scene);
        GitHubAutoStore auto = surroundings.Open(isPersonal: false);
        Assert.Matches("^https://raw.githubusercontent.com/octocat/iris/[0-9a-f]{40}/[0-9a-f]{16}\\.png$", await auto.StoreAsync(Picture));
        Assert.Null(auto.ReadersNote);
    }

    [Fact]
    public async Task Store_PrivateRepository_ReadersAreToldToSignIn()
    {
        await using Scene scene = await Scene.OpenAsync();
        scene.Repository.IsPrivate = true;
        using var surroundings = new Surroundings(scene);
        GitHubAutoStore auto = surroundings.Open(isPersonal: false);
        Assert.Null(auto.ReadersNote);
        Assert.Matches("^https://github.com/octocat/iris/blob/[0-9a-f]{40}/[0-9a-f]{16}\\.png\\?raw=true$", await auto.StoreAsync(Picture));
        Assert.Contains("signed in to GitHub", auto.ReadersNote, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Store_AttachmentsRefuse_GoesToTheReferenceInOneCommit()
    {
        await using Scene scene = await Scene.OpenAsync();
        scene.Repository.IsPrivate = true;
        using var surroundings = new Surroundings(scene);
        GitHubAutoStore auto = surroundings.Open(isPersonal: true);
        scene.GitHub.Faults.Add(new Fault { Kind = FaultKind.StatusBeforeApplying, Status = 403, PathEnd = "/user-attachments/assets", Times = 100, Body = """{"message":"no"}""" });
        Asset[] pictures = [Picture, Picture with { Content = new byte[] { 1, 2 } }, Picture with { Content = new byte[] { 3 } }];
        await auto.PrepareAsync(pictures);
        string[] urls = await Task.WhenAll(pictures.Select(p => auto.StoreAsync(p)));
        Assert.All(urls, u => Assert.Contains("/blob/", u, StringComparison.Ordinal));
        Assert.Equal(3, urls.Distinct(StringComparer.Ordinal).Count());
        Assert.Single(scene.Repository.Git.Commits);
    }

    [Fact]
    public async Task Store_TypeThatAttachmentsDoNotTake_AloneGoesElsewhere()
    {
        await using Scene scene = await Scene.OpenAsync();
        scene.Repository.IsPrivate = true;
        using var surroundings = new Surroundings(scene);
        GitHubAutoStore auto = surroundings.Open(isPersonal: true);
        Assert.Contains("/blob/", await auto.StoreAsync(new Asset { FileName = "a.pdf", MediaType = "application/pdf", Content = "%PDF-"u8.ToArray() }), StringComparison.Ordinal);
        Assert.Contains("/user-attachments/", await auto.StoreAsync(Picture), StringComparison.Ordinal);
        surroundings.ForgetUploads();
    }

    [Theory]
    [InlineData(422)]
    [InlineData(403)]
    [InlineData(404)]
    public async Task Store_RulesForbidTheReference_GoesToABranchWithoutHistory(int status)
    {
        await using Scene scene = await Scene.OpenAsync();
        scene.SetEvent("pull_request", """{"pull_request":{"number":5,"head":{"sha":"1111111111111111111111111111111111111111"}}}""");
        scene.Write("a.png", [0x89, 0x50, 0x4E, 0x47, 1]);
        scene.GitHub.Faults.Add(new Fault { Kind = FaultKind.StatusBeforeApplying, Status = status, PathEnd = "/git/refs", Body = """{"message":"Repository rule violations found"}""" });
        Comment comment = await scene.PublishAsync(new CommentRequest { Report = "![a](a.png)", Target = "pr/5" });
        (string name, string commit) = Assert.Single(scene.Repository.Git.References);
        Assert.Equal("refs/heads/cml-assets", name);
        Assert.Empty(scene.Repository.Git.Commits[commit]["parents"]!.AsArray());
        Assert.Contains("[skip ci]", scene.Repository.Git.Commits[commit]["message"]!.GetValue<string>(), StringComparison.Ordinal);
        Assert.Contains($"/raw/{commit}/", comment.Body, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Store_RulesForbidBoth_SaysSo()
    {
        await using Scene scene = await Scene.OpenAsync();
        scene.GitHub.Faults.Add(new Fault { Kind = FaultKind.StatusBeforeApplying, Status = 422, PathEnd = "/git/refs", Times = 9, Body = """{"message":"Repository rule violations found"}""" });
        using PublishingServices services = scene.Services();
        PublishingException e = await Assert.ThrowsAsync<PublishingException>(() => services.OpenAssetStore("ref").StoreAsync(Picture));
        Assert.Contains("--assets=release", e.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Open_TokenMayReadOnly_PicturesBecomeText()
    {
        await using Scene scene = await Scene.OpenAsync();
        scene.SetEvent("pull_request", """{"pull_request":{"number":5,"head":{"sha":"1111111111111111111111111111111111111111","repo":{"full_name":"mona/iris"}},"base":{"repo":{"full_name":"octocat/iris"}}}}""");
        using PublishingServices services = scene.Services();
        Assert.Equal(("inline", false), (services.OpenAssetStore()?.Name, services.OpenAssetStore()?.KeepsFiles));
    }

    private sealed class Surroundings : IDisposable
    {
        private readonly Scene _scene;
        private readonly ApiClient _rest;
        private readonly GitHubApi _api;
        private readonly List<IDisposable> _opened = [];

        public Surroundings(Scene scene)
        {
            _scene = scene;
            _rest = Client("/api/v3/");
            _api = new GitHubApi(new JsonCalls(_rest, GitHubApi.Name), "octocat", "iris") { GraphAddress = "" };
        }

        public GitHubAutoStore Open(bool isPersonal)
        {
            var visibility = new GitHubVisibility(_api);
            return Opened(new GitHubAutoStore(
                visibility,
                isPersonal ? () => Opened(new GitHubAttachmentStore(_api, Client("/api/uploads/"))) : null,
                () => Opened(new GitHubRefStore(_api, visibility, new Uri("https://github.com/octocat/iris"), "cml/pr-5", NullLogger.Instance)),
                NullLogger.Instance));
        }

        /// <summary>No description has this endpoint.</summary>
        public void ForgetUploads()
        {
            Exchange[] all = [.. _scene.GitHub.Exchanges];
            _scene.GitHub.Exchanges.Clear();
            foreach (Exchange exchange in all.Where(e => !e.Target.Contains("/uploads/", StringComparison.Ordinal)))
                _scene.GitHub.Exchanges.Enqueue(exchange);
        }

        public void Dispose()
        {
            ForgetUploads();
            _opened.ForEach(o => o.Dispose());
            _rest.Dispose();
        }

        private ApiClient Client(string path) => new(new SocketsHttpHandler(), new Uri(_scene.GitHub.Url + path), TimeProvider.System, NullLogger.Instance, _scene.Retries) { DefaultHeaders = [new("Authorization", "token " + Scene.Token)] };

        private T Opened<T>(T opened)
            where T : IDisposable
        {
            _opened.Add(opened);
            return opened;
        }
    }
}
