using System.Globalization;
using CmlNet.Publishing.CodeHosts;
using CmlNet.Publishing.Comments;
using CmlNet.Publishing.Http;
using CmlNet.Testing.GitHub;

namespace CmlNet.Publishing.Tests.CodeHosts.GitHub;

/// <summary>Whatever goes wrong on the way, one comment with the right body is what is left.</summary>
public sealed class GitHubFaultTests
{
    [Theory]
    [InlineData(FaultKind.StatusBeforeApplying, 500)]
    [InlineData(FaultKind.StatusBeforeApplying, 502)]
    [InlineData(FaultKind.StatusBeforeApplying, 429)]
    [InlineData(FaultKind.StatusAfterApplying, 500)]
    [InlineData(FaultKind.StatusAfterApplying, 504)]
    [InlineData(FaultKind.ResetBeforeApplying, 0)]
    [InlineData(FaultKind.ResetAfterApplying, 0)]
    [InlineData(FaultKind.TruncatedAfterApplying, 0)]
    public async Task Create_FaultOnPost_LeavesOneComment(FaultKind kind, int status)
    {
        await using Scene scene = await Scene.OpenAsync();
        scene.GitHub.Faults.Add(new Fault { Kind = kind, Status = status, PathEnd = "/comments", Times = 2 });
        Comment comment = await scene.PublishAsync(new CommentRequest { Report = "report", Target = "pr/5" });
        Assert.Equal(comment.Body, Assert.Single(scene.Repository.Comments).Body);
        Assert.EndsWith("#issuecomment-" + comment.Id, comment.Url, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(FaultKind.StatusAfterApplying)]
    [InlineData(FaultKind.ResetAfterApplying)]
    [InlineData(FaultKind.ResetBeforeApplying)]
    public async Task Create_SameReportAsBefore_IsNotMistakenForTheLostPost(FaultKind kind)
    {
        await using Scene scene = await Scene.OpenAsync();
        string body = "report\n\n" + Watermark.Render("", Scene.Head);
        scene.Repository.AddComment(5, body);
        scene.GitHub.Faults.Add(new Fault { Kind = kind, PathEnd = "/comments" });
        await scene.PublishAsync(new CommentRequest { Report = "report", Target = "pr/5" });
        Assert.Equal([body, body], scene.Repository.Comments.Select(c => c.Body));
    }

    [Theory]
    [InlineData(FaultKind.StatusAfterApplying)]
    [InlineData(FaultKind.ResetAfterApplying)]
    public async Task Create_LastAttemptAppliedButLost_IsASuccess(FaultKind kind)
    {
        await using Scene scene = await Scene.OpenAsync();
        scene.Retries = scene.Retries with { Retries = 0 };
        scene.GitHub.Faults.Add(new Fault { Kind = kind, PathEnd = "/comments" });
        await scene.PublishAsync(new CommentRequest { Report = "report", Target = "pr/5" });
        Assert.Single(scene.Repository.Comments);
    }

    [Theory]
    [InlineData(FaultKind.StatusAfterApplying)]
    [InlineData(FaultKind.ResetAfterApplying)]
    [InlineData(FaultKind.ResetBeforeApplying)]
    public async Task CreateCheck_Fault_LeavesOneCheck(FaultKind kind)
    {
        await using Scene scene = await Scene.OpenAsync();
        scene.GitHub.Faults.Add(new Fault { Kind = kind, PathEnd = "/check-runs" });
        using PublishingServices services = scene.Services();
        await ((ICheckHost)services.OpenCodeHost()).CreateCheckAsync(new CheckRun { HeadSha = Scene.Head, Summary = "ok" });
        Assert.Single(scene.Repository.CheckRuns);
    }

    [Theory]
    [InlineData("PATCH")]
    [InlineData("GET")]
    public async Task Update_FaultOnIdempotentCall_IsRepeated(string method)
    {
        await using Scene scene = await Scene.OpenAsync();
        await scene.PublishAsync(new CommentRequest { Report = "one", Target = "pr/5" });
        scene.GitHub.Faults.Add(new Fault { Kind = FaultKind.ResetAfterApplying, Method = method, Times = 3 });
        await scene.PublishAsync(new CommentRequest { Report = "two", Target = "pr/5", IsUpdate = true });
        Assert.StartsWith("two", Assert.Single(scene.Repository.Comments).Body, StringComparison.Ordinal);
    }

    /// <summary>As for a repository that was renamed.</summary>
    [Theory]
    [InlineData(301)]
    [InlineData(302)]
    [InlineData(307)]
    [InlineData(308)]
    public async Task Create_MovedOnTheSameServer_IsPostedThereWithTheToken(int status)
    {
        await using Scene scene = await Scene.OpenAsync();
        scene.GitHub.Faults.Add(Moved(status, scene.GitHub.ApiUrl + "/repos/octocat/iris/issues/5/comments"));
        await scene.PublishAsync(new CommentRequest { Report = "report", Target = "pr/5" });
        Assert.Single(scene.Repository.Comments);
        Assert.Equal(2, scene.Calls().Count);
    }

    [Theory]
    [InlineData("http://127.0.0.1:1/repos/octocat/iris/issues/5/comments")]
    [InlineData("https://github.example/repos/octocat/iris/issues/5/comments")]
    [InlineData("file:///etc/passwd")]
    public async Task Create_MovedToAnotherServer_IsNotFollowed(string address)
    {
        await using Scene scene = await Scene.OpenAsync();
        scene.GitHub.Faults.Add(Moved(307, address));
        PublishingException e = await Assert.ThrowsAsync<PublishingException>(() => scene.PublishAsync(new CommentRequest { Report = "report", Target = "pr/5" }));
        Assert.Equal(System.Net.HttpStatusCode.TemporaryRedirect, e.Status);
        Assert.Contains("It refers to another server, which does not get the token", e.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Create_MovedInACircle_Ends()
    {
        await using Scene scene = await Scene.OpenAsync();
        scene.GitHub.Faults.Add(Moved(302, scene.GitHub.ApiUrl + "/repos/octocat/iris/issues/5/comments") with { Times = 100 });
        await Assert.ThrowsAsync<PublishingException>(() => scene.PublishAsync(new CommentRequest { Report = "report", Target = "pr/5" }));
        Assert.Equal(6, scene.Calls().Count);
    }

    [Fact]
    public async Task Create_RetryAfter_IsWaitedFor()
    {
        await using Scene scene = await Scene.OpenAsync();
        scene.GitHub.Faults.Add(new Fault
        {
            Kind = FaultKind.StatusBeforeApplying,
            Status = 403,
            Body = """{"message":"You have exceeded a secondary rate limit."}""",
            Headers = new Dictionary<string, string>(StringComparer.Ordinal) { ["Retry-After"] = "7" },
        });
        var time = new ShiftedTime();
        scene.Time = time;
        await scene.PublishAsync(new CommentRequest { Report = "report", Target = "pr/5" });
        Assert.Equal(TimeSpan.FromSeconds(7), Assert.Single(time.Waits));
        Assert.Single(scene.Repository.Comments);
    }

    [Fact]
    public async Task Create_PrimaryLimitOpensTooLate_FailsAtOnceAndSaysWhen()
    {
        await using Scene scene = await Scene.OpenAsync();
        scene.GitHub.Faults.Add(new Fault
        {
            Kind = FaultKind.StatusBeforeApplying,
            Status = 403,
            Headers = new Dictionary<string, string>(StringComparer.Ordinal)
            {
                ["x-ratelimit-remaining"] = "0",
                ["x-ratelimit-reset"] = TimeProvider.System.GetUtcNow().AddHours(1).ToUnixTimeSeconds().ToString(CultureInfo.InvariantCulture),
            },
        });
        PublishingException e = await Assert.ThrowsAsync<PublishingException>(() => scene.PublishAsync(new CommentRequest { Report = "report", Target = "pr/5" }));
        Assert.Contains("The rate limit is used up; it opens again in 3", e.Message, StringComparison.Ordinal);
        Assert.Empty(scene.Repository.Comments);
    }

    [Fact]
    public async Task Create_NoAnswer_TimesOutWithTheCallNamed()
    {
        await using Scene scene = await Scene.OpenAsync();
        scene.Retries = new RetryRules { Retries = 1, FirstDelay = TimeSpan.FromMilliseconds(1), AttemptTimeout = TimeSpan.FromMilliseconds(300) };
        scene.GitHub.Faults.Add(new Fault { Kind = FaultKind.Hang, PathEnd = "/comments", Times = 5 });
        PublishingException e = await Assert.ThrowsAsync<PublishingException>(() => scene.PublishAsync(new CommentRequest { Report = "report", Target = "pr/5" }));
        Assert.Contains("POST /api/v3/repos/octocat/iris/issues/5/comments", e.Message, StringComparison.Ordinal);
        Assert.Contains("no answer within", e.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Create_ServerGone_SaysWhereAndWhatToCheck()
    {
        await using Scene scene = await Scene.OpenAsync();
        scene.Retries = scene.Retries with { Retries = 1 };
        scene.Set("GITHUB_SERVER_URL", "http://127.0.0.1:1");
        scene.Set("GITHUB_API_URL", "http://127.0.0.1:1/api/v3");
        PublishingException e = await Assert.ThrowsAsync<PublishingException>(() => scene.PublishAsync(new CommentRequest { Report = "report", Target = "pr/5" }));
        Assert.Contains("POST /api/v3/repos/octocat/iris/issues/5/comments on 127.0.0.1:1 failed: Connection refused. Check", e.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Create_NextPageElsewhere_IsAskedOfTheSameServer()
    {
        await using Scene scene = await Scene.OpenAsync();
        scene.GitHub.Faults.Add(new Fault
        {
            Kind = FaultKind.StatusAfterApplying,
            Method = "GET",
            Status = 200,
            Body = "[]",
            Headers = new Dictionary<string, string>(StringComparer.Ordinal) { ["Link"] = "<http://evil.example/steal?page=2>; rel=\"next\"" },
        });
        await scene.PublishAsync(new CommentRequest { Report = "x", Target = "pr/5", IsUpdate = true });
        Assert.Contains("GET /repos/octocat/iris/issues/5/comments?page=2", scene.Calls());
        Assert.Single(scene.Repository.Comments);
    }

    private static Fault Moved(int status, string address) => new() { Kind = FaultKind.StatusBeforeApplying, Status = status, PathEnd = "/comments", Body = "", Headers = new Dictionary<string, string>(StringComparer.Ordinal) { ["Location"] = address } };
}
