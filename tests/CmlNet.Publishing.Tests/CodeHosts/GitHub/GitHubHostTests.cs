using System.Net;
using System.Text.Json.Nodes;
using CmlNet.Publishing.CodeHosts;
using CmlNet.Publishing.Comments;
using CmlNet.Testing.GitHub;
using CmlNet.Testing.GitHub.State;

namespace CmlNet.Publishing.Tests.CodeHosts.GitHub;

public sealed class GitHubHostTests
{
    private const string Mark = "![](https://cml.dev/watermark.png#" + Scene.Head + " \"CML watermark\")";

    [Fact]
    public async Task Create_OnPullRequestEvent_PostsOnceWithTheMark()
    {
        await using Scene scene = await Scene.OpenAsync();
        scene.SetEvent("pull_request", """{"pull_request":{"number":5,"head":{"sha":"SHA"}}}""".Replace("SHA", Scene.Head, StringComparison.Ordinal));
        Comment comment = await scene.PublishAsync(new CommentRequest { Report = "# Accuracy\n0.9\n" });

        Assert.Equal(["POST /repos/octocat/iris/issues/5/comments"], scene.Calls());
        Assert.True(scene.GitHub.Exchanges.TryPeek(out Exchange? exchange));
        Assert.True(JsonNode.DeepEquals(new JsonObject { ["body"] = "# Accuracy\n0.9\n\n\n" + Mark }, JsonNode.Parse(exchange.RequestBody)));
        Assert.Equal("token " + Scene.Token, exchange.RequestHeaders["Authorization"]);
        Assert.Equal("application/vnd.github+json", exchange.RequestHeaders["Accept"]);
        Assert.StartsWith("cml/", exchange.RequestHeaders["User-Agent"], StringComparison.Ordinal);
        FakeComment posted = Assert.Single(scene.Repository.Comments);
        Assert.Equal($"{scene.GitHub.Url}/octocat/iris/pull/5#issuecomment-{posted.Id}", comment.Url);
    }

    [Fact]
    public async Task Create_OnPush_LooksForPullRequestThenPosts()
    {
        await using Scene scene = await Scene.OpenAsync();
        await scene.PublishAsync(new CommentRequest { Report = "x" });
        Assert.Equal([$"GET /repos/octocat/iris/commits/{Scene.Head}/pulls?state=open&per_page=100", "POST /repos/octocat/iris/issues/5/comments"], scene.Calls());
    }

    [Fact]
    public async Task Update_Twice_LeavesOneComment()
    {
        await using Scene scene = await Scene.OpenAsync();
        Comment first = await scene.PublishAsync(new CommentRequest { Report = "one", Target = "pr/5", IsUpdate = true });
        Comment second = await scene.PublishAsync(new CommentRequest { Report = "two", Target = "pr/5", IsUpdate = true });
        Assert.Equal(first.Url, second.Url);
        Assert.Equal("two\n\n" + Mark, Assert.Single(scene.Repository.Comments).Body);
        Assert.Equal(
            [
                "GET /repos/octocat/iris/issues/5/comments?per_page=100",
                "POST /repos/octocat/iris/issues/5/comments",
                // Another job may have posted meanwhile.
                "GET /repos/octocat/iris/issues/5/comments?per_page=100",
                "GET /user",
                "POST /api/graphql",
                "GET /repos/octocat/iris/issues/5/comments?per_page=100",
                "GET /user",
                "POST /api/graphql",
                $"PATCH /repos/octocat/iris/issues/comments/{first.Id}",
            ],
            scene.Calls());
    }

    [Fact]
    public async Task Update_SameBody_SendsNothing()
    {
        await using Scene scene = await Scene.OpenAsync();
        await scene.PublishAsync(new CommentRequest { Report = "one", Target = "pr/5" });
        await scene.PublishAsync(new CommentRequest { Report = "one", Target = "pr/5", IsUpdate = true });
        Assert.DoesNotContain(scene.Calls(), c => c.StartsWith("PATCH", StringComparison.Ordinal));
        Assert.Single(scene.Repository.Comments);
    }

    [Theory]
    [InlineData("my_title")]
    [InlineData("")]
    public async Task Update_MarkBehindTwoHundredComments_IsFound(string label)
    {
        await using Scene scene = await Scene.OpenAsync();
        await scene.PublishAsync(new CommentRequest { Report = "one", Target = "pr/5", WatermarkLabel = label });
        for (int i = 0; i < 130; i++)
            scene.Repository.AddComment(5, "noise");
        scene.Repository.Comments.Reverse();
        for (int i = 0; i < 120; i++)
            scene.Repository.AddComment(5, "more noise");
        await scene.PublishAsync(new CommentRequest { Report = "two", Target = "pr/5", WatermarkLabel = label, IsUpdate = true });
        Assert.Equal(251, scene.Repository.Comments.Count);
        Assert.Single(scene.Repository.Comments, c => c.Body.StartsWith("two", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Update_TitleWrittenByCmlWithoutEscapes_IsUpdated()
    {
        await using Scene scene = await Scene.OpenAsync();
        scene.Repository.AddComment(5, "old\n\n![](https://cml.dev/watermark.png#abc \"CML watermark my_title\")", "github-actions[bot]");
        await scene.PublishAsync(new CommentRequest { Report = "new", Target = "pr/5", WatermarkLabel = "my_title", IsUpdate = true });
        Assert.StartsWith("new", Assert.Single(scene.Repository.Comments).Body, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Update_HumanCarriesTheMark_IsLeftAlone()
    {
        await using Scene scene = await Scene.OpenAsync();
        scene.Repository.AddComment(5, "look:\n" + Mark, "octocat");
        await scene.PublishAsync(new CommentRequest { Report = "new", Target = "pr/5", IsUpdate = true });
        Assert.Equal(["look:\n" + Mark, "new\n\n" + Mark], scene.Repository.Comments.Select(c => c.Body));
    }

    [Fact]
    public async Task Update_TokenOfAPerson_UpdatesThatPersonsComment()
    {
        await using Scene scene = await Scene.OpenAsync();
        scene.GitHub.Tokens[Scene.Token] = new FakeToken { Login = "mona", IsInstallation = false };
        scene.Repository.AddComment(5, "a\n\n" + Mark, "mona");
        scene.Repository.AddComment(5, "b\n\n" + Mark, "github-actions[bot]");
        await scene.PublishAsync(new CommentRequest { Report = "new", Target = "pr/5", IsUpdate = true });
        Assert.Equal(["new\n\n" + Mark, "b\n\n" + Mark], scene.Repository.Comments.Select(c => c.Body));
    }

    [Fact]
    public async Task Update_OnCommit_EditsTheCommitComment()
    {
        await using Scene scene = await Scene.OpenAsync();
        Comment first = await scene.PublishAsync(new CommentRequest { Report = "one", Target = "commit" });
        await scene.PublishAsync(new CommentRequest { Report = "two", Target = "commit", IsUpdate = true });
        Assert.Equal($"{scene.GitHub.Url}/octocat/iris/commit/{Scene.Head}#commitcomment-{first.Id}", first.Url);
        Assert.Equal("two\n\n" + Mark, Assert.Single(scene.Repository.Comments).Body);
        Assert.Contains($"PATCH /repos/octocat/iris/comments/{first.Id}", scene.Calls());
    }

    [Fact]
    public async Task Create_ReadOnlyToken_NamesThePermissionAndNotTheToken()
    {
        await using Scene scene = await Scene.OpenAsync();
        scene.GitHub.Tokens[Scene.Token] = new FakeToken { Login = "github-actions[bot]", Permissions = new Dictionary<string, string>(StringComparer.Ordinal) { ["contents"] = "read" } };
        PublishingException e = await Assert.ThrowsAsync<PublishingException>(() => scene.PublishAsync(new CommentRequest { Report = "x", Target = "pr/5" }));
        Assert.Equal(HttpStatusCode.Forbidden, e.Status);
        Assert.Matches(
            @"^POST /api/v3/repos/octocat/iris/issues/5/comments on 127\.0\.0\.1:\d+ failed: 403 Forbidden: Resource not accessible by integration \(request FAKE:[0-9A-F]+\)\. The token lacks a permission; add to the job:\npermissions:\n  pull-requests: write\n",
            e.Message);
        Assert.DoesNotContain(Scene.Token, e.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Create_WrongToken_SaysSo()
    {
        await using Scene scene = await Scene.OpenAsync();
        scene.Set("GITHUB_TOKEN", "wrong-token");
        PublishingException e = await Assert.ThrowsAsync<PublishingException>(() => scene.PublishAsync(new CommentRequest { Report = "x", Target = "pr/5" }));
        Assert.Contains("401 Unauthorized: Bad credentials", e.Message, StringComparison.Ordinal);
        Assert.DoesNotContain("wrong-token", e.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Create_NoToken_SaysTokenNotFound()
    {
        await using Scene scene = await Scene.OpenAsync();
        scene.Environment.Remove("GITHUB_TOKEN");
        PublishingException e = await Assert.ThrowsAsync<PublishingException>(() => scene.PublishAsync(new CommentRequest { Report = "x", Target = "pr/5" }));
        Assert.StartsWith("token not found", e.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Create_MissingPullRequest_SaysNotFound()
    {
        await using Scene scene = await Scene.OpenAsync();
        PublishingException e = await Assert.ThrowsAsync<PublishingException>(() => scene.PublishAsync(new CommentRequest { Report = "x", Target = "pr/99" }));
        Assert.Equal(HttpStatusCode.NotFound, e.Status);
    }

    [Theory]
    [InlineData("completed", true)]
    [InlineData("in_progress", false)]
    public async Task CreateCheck_Status_TellsConclusionOnlyWhenCompleted(string status, bool isConcluded)
    {
        await using Scene scene = await Scene.OpenAsync();
        using PublishingServices services = scene.Services();
        string url = (await services.OpenCodeHost().Require<ICheckHost>("check runs").CreateCheckAsync(new CheckRun { HeadSha = Scene.Head, Summary = "ok", Status = status, Conclusion = "neutral" })).Url;
        FakeCheckRun check = Assert.Single(scene.Repository.CheckRuns);
        Assert.Equal($"{scene.GitHub.Url}/octocat/iris/runs/{check.Id}", url);
        Assert.Equal((status, isConcluded ? "neutral" : null, "CML Report"), (check.Status, check.Conclusion, check.Name));
        Assert.Equal(isConcluded, check.CompletedAt is not null);
        Assert.Equal("ok", check.Output["summary"]!.GetValue<string>());
    }

    [Fact]
    public async Task CreateCheck_TokenOfAPerson_IsRefusedWithAdvice()
    {
        await using Scene scene = await Scene.OpenAsync();
        scene.GitHub.Tokens[Scene.Token] = new FakeToken { Login = "mona", IsInstallation = false };
        using PublishingServices services = scene.Services();
        PublishingException e = await Assert.ThrowsAsync<PublishingException>(() => ((ICheckHost)services.OpenCodeHost()).CreateCheckAsync(new CheckRun { HeadSha = Scene.Head, Summary = "ok" }));
        Assert.Contains("checks: write", e.Message, StringComparison.Ordinal);
    }
}
