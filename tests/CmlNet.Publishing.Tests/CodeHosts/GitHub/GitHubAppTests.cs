using CmlNet.Publishing.CodeHosts;
using CmlNet.Publishing.Comments;
using CmlNet.Testing.GitHub.State;

namespace CmlNet.Publishing.Tests.CodeHosts.GitHub;

public sealed class GitHubAppTests : IDisposable
{
    private readonly FakeApp _app = new() { Id = "12345", Slug = "cml-reports" };

    public void Dispose() => _app.Dispose();

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Publish_AsAnApp_AsksForOneTokenAndFindsItsOwnComment(bool isKeyInAFile)
    {
        await using Scene scene = await OpenAsync(isKeyInAFile);
        await scene.PublishAsync(new CommentRequest { Report = "one", Target = "pr/5", IsUpdate = true });
        await scene.PublishAsync(new CommentRequest { Report = "two", Target = "pr/5", IsUpdate = true });
        FakeComment comment = Assert.Single(scene.Repository.Comments);
        Assert.Equal("cml-reports[bot]", comment.Author);
        Assert.Equal(2, scene.Calls().Count(c => c == "POST /app/installations/77/access_tokens"));
        Assert.All(scene.GitHub.Exchanges, e => Assert.DoesNotContain("BEGIN", e.RequestHeaders["Authorization"], StringComparison.Ordinal));
    }

    [Fact]
    public async Task Publish_TokenNearItsEnd_IsRenewed()
    {
        await using Scene scene = await OpenAsync();
        var time = new ShiftedTime();
        scene.Time = time;
        using PublishingServices services = scene.Services();
        ICommentHost host = services.OpenCodeHost().Require<ICommentHost>("comments");
        await host.CreateCommentAsync(new CommentPlace(CommentSurface.PullRequest, "5"), "a");
        await host.CreateCommentAsync(new CommentPlace(CommentSurface.PullRequest, "5"), "b");
        Assert.Single(scene.Calls(), c => c.EndsWith("access_tokens", StringComparison.Ordinal));
        time.Shift = TimeSpan.FromMinutes(56);
        scene.GitHub.Apps[0] = _app;
        scene.GitHub.Shift = time.Shift;
        await host.CreateCommentAsync(new CommentPlace(CommentSurface.PullRequest, "5"), "c");
        Assert.Equal(2, scene.Calls().Count(c => c.EndsWith("access_tokens", StringComparison.Ordinal)));
    }

    [Theory]
    [InlineData(20)]
    [InlineData(-20)]
    public async Task Publish_ClockWrong_TheServersIsTaken(int minutes)
    {
        await using Scene scene = await OpenAsync();
        scene.Time = new ShiftedTime { Shift = TimeSpan.FromMinutes(minutes) };
        await scene.PublishAsync(new CommentRequest { Report = "one", Target = "pr/5" });
        Assert.Single(scene.Repository.Comments);
    }

    [Theory]
    [InlineData("not a key", "not an RSA key")]
    [InlineData("", "CML_APP_PRIVATE_KEY_FILE")]
    public async Task Publish_KeyThatIsNone_SaysSoWithoutShowingIt(string key, string message)
    {
        await using Scene scene = await OpenAsync();
        scene.Set("CML_APP_PRIVATE_KEY", key);
        PublishingException e = await Assert.ThrowsAsync<PublishingException>(() => scene.PublishAsync(new CommentRequest { Report = "x", Target = "pr/5" }));
        Assert.Contains(message, e.Message, StringComparison.Ordinal);
        Assert.DoesNotContain("not a key", e.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Publish_AppNotInstalled_SaysWhatToDo()
    {
        await using Scene scene = await OpenAsync();
        scene.Set("GITHUB_REPOSITORY", "octocat/other");
        PublishingException e = await Assert.ThrowsAsync<PublishingException>(() => scene.PublishAsync(new CommentRequest { Report = "x", Target = "pr/5" }));
        Assert.Contains("the GitHub App 12345 is not installed on repos/octocat/other", e.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Context_AsText_HoldsNoKey()
    {
        await using Scene scene = await OpenAsync();
        using PublishingServices services = scene.Services();
        Assert.DoesNotContain("PRIVATE", services.Context.ToString() + services.Context.App, StringComparison.Ordinal);
    }

    private async Task<Scene> OpenAsync(bool isKeyInAFile = false)
    {
        Scene scene = await Scene.OpenAsync();
        scene.GitHub.Apps.Add(_app);
        scene.Set("CML_APP_ID", _app.Id);
        if (isKeyInAFile)
            scene.Set("CML_APP_PRIVATE_KEY_FILE", scene.Write("app.pem", _app.PrivateKey));
        else
            scene.Set("CML_APP_PRIVATE_KEY", _app.PrivateKey.ReplaceLineEndings("\\n"));
        return scene;
    }
}
