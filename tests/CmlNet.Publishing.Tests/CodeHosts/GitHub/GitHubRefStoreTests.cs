using CmlNet.Publishing.Assets;
using CmlNet.Publishing.CodeHosts;
using CmlNet.Publishing.CodeHosts.GitHub;
using CmlNet.Publishing.Comments;
using CmlNet.Testing.GitHub;
using CmlNet.Testing.GitHub.State;

namespace CmlNet.Publishing.Tests.CodeHosts.GitHub;

public sealed class GitHubRefStoreTests
{
    private const string Event = """{"pull_request":{"number":5,"head":{"sha":"1111111111111111111111111111111111111111"}}}""";

    [Fact]
    public async Task Publish_TwoPictures_MakeOneCommitWithoutAParentUnderAHiddenReference()
    {
        await using Scene scene = await OpenAsync();
        Comment comment = await PostAsync(scene, "![a](a.png) ![b](b.png) ![again](./a.png)");
        (string name, string commit) = Assert.Single(scene.Repository.Git.References);
        Assert.Equal("refs/cml/pr-5", name);
        Assert.Empty(scene.Repository.Git.Commits[commit]["parents"]!.AsArray());
        string[] files = Files(scene, commit);
        Assert.Equal(2, files.Length);
        string url = $"{scene.GitHub.Url}/octocat/iris/raw/{commit}/";
        string[] linked = [.. comment.Body.Split("](").Skip(1).Take(3).Select(rest => rest[..rest.IndexOf(')', StringComparison.Ordinal)])];
        Assert.Equal(3, linked.Length);
        Assert.Equal(linked[0], linked[2]);
        Assert.All(linked, l => Assert.Contains(l[url.Length..], files));
        // Two blobs, a tree, a commit, the reference.
        Assert.Equal(5, scene.Calls().Count(c => c.Contains("/git/", StringComparison.Ordinal) && c.StartsWith("POST", StringComparison.Ordinal)));
    }

    [Fact]
    public async Task Publish_SamePicturesAgain_SendsNothingAndKeepsTheAddresses()
    {
        await using Scene scene = await OpenAsync();
        Comment first = await PostAsync(scene, "![a](a.png)");
        int writes = scene.Calls().Count(c => !c.StartsWith("GET", StringComparison.Ordinal) && c.Contains("/git/", StringComparison.Ordinal));
        Comment second = await PostAsync(scene, "![a](a.png)");
        Assert.Equal(first.Body, second.Body);
        Assert.Equal(writes, scene.Calls().Count(c => !c.StartsWith("GET", StringComparison.Ordinal) && c.Contains("/git/", StringComparison.Ordinal)));
    }

    [Fact]
    public async Task Publish_AnotherPicture_KeepsTheOnesBefore()
    {
        await using Scene scene = await OpenAsync();
        await PostAsync(scene, "![a](a.png)");
        string before = scene.Repository.Git.References["refs/cml/pr-5"];
        await PostAsync(scene, "![b](b.png)");
        string after = scene.Repository.Git.References["refs/cml/pr-5"];
        Assert.Equal(before, Assert.Single(scene.Repository.Git.Commits[after]["parents"]!.AsArray())!["sha"]!.GetValue<string>());
        Assert.Equal(2, Files(scene, after).Length);
    }

    [Fact]
    public async Task Publish_ManyJobsAtOnce_LoseNoPicture()
    {
        await using Scene scene = await OpenAsync();
        Asset[] assets = [.. Enumerable.Range(0, 4).Select(i => new Asset { FileName = "p.png", MediaType = "image/png", Content = new byte[] { (byte)i } })];
        string[] urls = await Task.WhenAll(assets.Select(async asset =>
        {
            using PublishingServices services = scene.Services();
            return await services.OpenAssetStore("ref").StoreAsync(asset);
        }));
        string[] files = Files(scene, scene.Repository.Git.References["refs/cml/pr-5"]);
        Assert.All(urls, u => Assert.Contains(u[(u.LastIndexOf('/') + 1)..], files));
    }

    [Theory]
    [InlineData(FaultKind.StatusAfterApplying, "/git/refs")]
    [InlineData(FaultKind.ResetAfterApplying, "/git/refs")]
    [InlineData(FaultKind.ResetBeforeApplying, "/git/blobs")]
    [InlineData(FaultKind.TruncatedAfterApplying, "/git/commits")]
    [InlineData(FaultKind.ResetAfterApplying, "/git/trees")]
    public async Task Publish_Fault_LosesNoPicture(FaultKind kind, string path)
    {
        await using Scene scene = await OpenAsync();
        scene.GitHub.Faults.Add(new Fault { Kind = kind, PathEnd = path });
        Comment comment = await PostAsync(scene, "![a](a.png)");
        Assert.Contains($"/raw/{scene.Repository.Git.References["refs/cml/pr-5"]}/", comment.Body, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Publish_ReadOnlyToken_LeavesANoteInEachPlace()
    {
        await using Scene scene = await OpenAsync();
        scene.GitHub.Tokens[Scene.Token] = new FakeToken { Login = "github-actions[bot]", Permissions = new Dictionary<string, string>(StringComparer.Ordinal) { ["contents"] = "read", ["pull-requests"] = "write" } };
        Comment comment = await PostAsync(scene, "![a](a.png) ![b](b.png)");
        Assert.DoesNotContain("](a.png)", comment.Body, StringComparison.Ordinal);
        Assert.Contains("the upload failed, see the log", comment.Body, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(5, "main", "cml/pr-5")]
    [InlineData(null, "feature/x..y", "cml/branch-feature-x--y")]
    [InlineData(null, null, "cml/branch-detached")]
    public void NameFor_Run_IsAReferenceName(int? pullRequest, string? branch, string name) => Assert.Equal(name, GitHubRefStore.NameFor(pullRequest, branch));

    [Fact]
    public async Task Prune_ClosedPullRequests_LoseTheirImages()
    {
        await using Scene scene = await OpenAsync();
        scene.Repository.AddPullRequest(6, new string('2', 40)).State = "closed";
        foreach (string name in (string[])["refs/cml/pr-5", "refs/cml/pr-6", "refs/cml/pr-99", "refs/cml/pr-x", "refs/cml/branch-main", "refs/heads/main"])
            scene.Repository.Git.References[name] = Scene.Head;
        using PublishingServices services = scene.Services();
        Assert.Equal(["refs/cml/pr-6"], await services.OpenAssetPruning().PruneAsync(isRehearsal: true));
        Assert.Equal(6, scene.Repository.Git.References.Count);
        Assert.Equal(["refs/cml/pr-6"], await services.OpenAssetPruning().PruneAsync(isRehearsal: false));
        Assert.DoesNotContain("refs/cml/pr-6", scene.Repository.Git.References.Keys);
    }

    private static string[] Files(Scene scene, string commit) =>
        [.. scene.Repository.Git.Trees[scene.Repository.Git.Commits[commit]["tree"]!["sha"]!.GetValue<string>()].Select(e => e!["path"]!.GetValue<string>())];

    private static async Task<Scene> OpenAsync()
    {
        Scene scene = await Scene.OpenAsync();
        scene.SetEvent("pull_request", Event);
        scene.Write("a.png", [0x89, 0x50, 0x4E, 0x47, 1]);
        scene.Write("b.png", [0x89, 0x50, 0x4E, 0x47, 2]);
        return scene;
    }

    private static Task<Comment> PostAsync(Scene scene, string report) => scene.PublishAsync(new CommentRequest { Report = report, Target = "pr/5", IsUpdate = true });
}
