using System.Globalization;
using System.Net;
using CmlNet.Publishing.Comments;
using CmlNet.Publishing.Http;
using CmlNet.Publishing.Surfaces;
using CmlNet.Testing.GitHub;
using CmlNet.Testing.GitHub.State;

namespace CmlNet.Publishing.Tests.CodeHosts.GitHub;

/// <summary>Every fault at every call of a post with an image and an earlier comment: one comment at most, its body right, no image lost.</summary>
public sealed class GitHubFaultMatrixTests
{
    private static readonly byte[] Png = [0x89, (byte)'P', (byte)'N', (byte)'G', 13, 10, 26, 10];

    /// <summary>Method and end of the path of each call.</summary>
    private static readonly (string Method, string End)[] Calls =
    [
        ("GET", "/repos/octocat/iris"), ("GET", "/git/ref/cml/branch-detached"), ("POST", "/git/blobs"), ("POST", "/git/trees"), ("POST", "/git/commits"), ("POST", "/git/refs"),
        ("GET", "/issues/5/comments"), ("GET", "/user"), ("POST", "/graphql"), ("POST", "/issues/5/comments"), ("PATCH", ""),
    ];

    public static TheoryData<string, string, string, bool> Matrix()
    {
        var data = new TheoryData<string, string, string, bool>();
        foreach (string fault in HostFaults.All.Keys)
        {
            foreach ((string method, string end) in Calls)
                data.Add(fault, method, end, method == "PATCH");
        }

        return data;
    }

    [Theory]
    [MemberData(nameof(Matrix))]
    public async Task Update_FaultAtACall_LeavesOneRightCommentWithItsImage(string fault, string method, string end, bool isThereBefore)
    {
        await using Scene scene = await Scene.OpenAsync();
        bool isTimeout = HostFaults.IsTimeout(HostFaults.All[fault]);
        scene.Time = new ShiftedTime { IsWaiting = isTimeout };
        scene.Retries = new RetryRules { FirstDelay = TimeSpan.FromMilliseconds(1), AttemptTimeout = isTimeout ? TimeSpan.FromMilliseconds(400) : TimeSpan.FromSeconds(100) };
        scene.Write("plot.png", Png);
        if (isThereBefore)
            await scene.PublishAsync(new CommentRequest { Report = "before", Target = "pr/5", IsUpdate = true });
        scene.GitHub.Faults.Add(HostFaults.All[fault] with { Method = method, PathEnd = end.Length == 0 ? null : end });
        await scene.PublishAsync(new CommentRequest { Report = "![a](plot.png)", Target = "pr/5", IsUpdate = true });
        FakeComment comment = Assert.Single(scene.Repository.Comments);
        Assert.Matches("^!\\[a\\]\\(http://[^)]+/raw/[0-9a-f]{40}/[0-9a-f]{16}\\.png\\)\n\n!\\[\\]\\(https://cml.dev/watermark.png#1{40} \"CML watermark\"\\)$", comment.Body);
        Assert.Single(scene.Repository.Git.References);
    }

    [Theory]
    [InlineData(403, "Resource not accessible by integration", "pull-requests: write")]
    [InlineData(404, "Not Found", "that the token may see it")]
    [InlineData(409, "Conflict", "409")]
    [InlineData(422, "Validation Failed: body is too long (maximum is 65536 characters)", "too long")]
    [InlineData(401, "Bad credentials", "wrong or has expired")]
    public async Task Create_Refused_IsToldOnceWithCallStatusAndAdvice(int status, string answer, string advice)
    {
        await using Scene scene = await Scene.OpenAsync();
        scene.GitHub.Faults.Add(new Fault { Kind = FaultKind.StatusBeforeApplying, Status = status, PathEnd = "/comments", Body = $$"""{"message":"{{answer}}"}""" });
        PublishingException e = await Assert.ThrowsAsync<PublishingException>(() => scene.PublishAsync(new CommentRequest { Report = "x", Target = "pr/5" }));
        Assert.Equal((HttpStatusCode)status, e.Status);
        foreach (string part in new[] { "POST /api/v3/repos/octocat/iris/issues/5/comments", status.ToString(CultureInfo.InvariantCulture), answer, "request FAKE:", advice })
            Assert.Contains(part, e.Message, StringComparison.Ordinal);
        Assert.DoesNotContain(Scene.Token, e.Message, StringComparison.Ordinal);
        Assert.Single(scene.Calls());
        Assert.Empty(scene.Repository.Comments);
    }

    [Fact]
    public async Task Create_BodyTooLongForThisServer_IsPostedInSmallerParts()
    {
        await using Scene scene = await Scene.OpenAsync();
        scene.GitHub.Faults.Add(new Fault { Kind = FaultKind.StatusBeforeApplying, Status = 422, PathEnd = "/comments", Body = """{"message":"Validation Failed","errors":[{"message":"body is too long"}]}""" });
        string report = string.Concat(Enumerable.Range(0, 10).Select(i => $"## {i}\n\n{new string('x', 9_000)}\n\n"));
        await scene.PublishAsync(new CommentRequest { Report = report, Target = "pr/5" });
        Assert.Equal(2, scene.Repository.Comments.Count);
        Assert.All(scene.Repository.Comments, c => Assert.InRange(c.Body.Length, 1, 65535));
    }

    [Fact]
    public async Task Create_ClockAnHourWrong_StillKnowsItsLostPost()
    {
        await using Scene scene = await Scene.OpenAsync();
        scene.Time = new ShiftedTime { Shift = TimeSpan.FromHours(1) };
        scene.GitHub.Faults.Add(new Fault { Kind = FaultKind.ResetAfterApplying, PathEnd = "/comments" });
        await scene.PublishAsync(new CommentRequest { Report = "x", Target = "pr/5" });
        Assert.Single(scene.Repository.Comments);
    }

    [Fact]
    public async Task Update_SameListAgain_IsAnsweredWithoutIt()
    {
        await using Scene scene = await Scene.OpenAsync();
        using PublishingServices services = scene.Services();
        CommentPublisher publisher = services.OpenCommentPublisher(scene.Directory);
        var request = new CommentRequest { Report = "x", Target = "pr/5", IsUpdate = true };
        await publisher.PublishAsync(request);
        Assert.Equal(0, scene.GitHub.NotModified);
        // The list was read again after the post.
        await publisher.PublishAsync(request);
        Assert.Equal(1, scene.GitHub.NotModified);
        Assert.Single(scene.Repository.Comments);
    }

    [Fact]
    public async Task Publish_AgainByTheSameServices_SendsNoAnswerTwice()
    {
        await using Scene scene = await Scene.OpenAsync();
        scene.Write("plot.png", Png);
        using PublishingServices services = scene.Services();
        var request = new ReportRequest { Sources = [new ReportSource("![a](plot.png)", scene.Directory)], Comment = new CommentRequest { Report = "", Target = "pr/5", IsUpdate = true } };
        await services.OpenReportPublisher().PublishAsync(request);
        await services.OpenReportPublisher().PublishAsync(request);
        int before = scene.GitHub.NotModified;
        int calls = scene.Calls().Count;
        await services.OpenReportPublisher().PublishAsync(request);
        string[] third = [.. scene.Calls().Skip(calls)];
        // The reference, its commit and tree, the list of comments: nothing else is asked, and each answer is known.
        Assert.All(third, call => Assert.StartsWith("GET ", call, StringComparison.Ordinal));
        Assert.Equal(third.Length, scene.GitHub.NotModified - before);
        Assert.Equal(4, third.Length);
    }
}
