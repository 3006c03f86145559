using CmlNet.Publishing.CodeHosts;
using CmlNet.Publishing.Comments;
using CmlNet.Publishing.Detection;
using CmlNet.Testing.GitHub;
using CmlNet.Testing.GitLab;

namespace CmlNet.Publishing.Tests.CodeHosts.GitLab;

public sealed class GitLabHostTests
{
    [Theory]
    [InlineData("pr/5", "merge_requests/5", "merge_requests/5")]
    [InlineData("issue/2", "issues/2", "issues/2")]
    [InlineData("commit/" + GitLabScene.Head, "commits/" + GitLabScene.Head, "commit/" + GitLabScene.Head)]
    [InlineData("auto", "merge_requests/5", "merge_requests/5")]
    public async Task Comment_Target_IsPostedThenUpdatedThenDeleted(string target, string place, string page)
    {
        await using GitLabScene scene = await GitLabScene.OpenAsync();
        Comment first = await scene.PublishAsync("one", target);
        GitLabNote note = Assert.Single(scene.Project.Notes);
        Assert.Equal(($"{scene.GitLab.Url}/group/sub/iris/-/{page}#note_{note.Id}", place), (first.Url, note.Place));
        Comment second = await scene.PublishAsync("two", target, isUpdate: true);
        Assert.Equal((first.Url, "two"), (second.Url, Assert.Single(scene.Project.Notes).Body[..3]));
        using PublishingServices services = scene.Services();
        Assert.Equal(1, await services.OpenCommentPublisher(scene.Directory).DeleteAsync(new CommentRequest { Report = "", Target = target }));
        Assert.Empty(scene.Project.Notes);
    }

    [Fact]
    public async Task Comment_MergeRequestPipeline_NeedsNoLookUp()
    {
        await using GitLabScene scene = await GitLabScene.OpenAsync();
        scene.Environment["CI_MERGE_REQUEST_IID"] = "5";
        await scene.PublishAsync("one", "auto");
        Assert.Equal(["POST /api/v4/projects/group%2Fsub%2Firis/merge_requests/5/notes"], scene.GitLab.Requests());
    }

    [Fact]
    public async Task Comment_NoMergeRequest_GoesToTheCommit()
    {
        await using GitLabScene scene = await GitLabScene.OpenAsync();
        scene.Project.MergeRequests.Clear();
        await scene.PublishAsync("one", "auto");
        Assert.Equal("commits/" + GitLabScene.Head, Assert.Single(scene.Project.Notes).Place);
    }

    [Theory]
    [InlineData("merge_requests/5", "pr/5")]
    [InlineData("commits/" + GitLabScene.Head, "commit")]
    public async Task Update_OnTheThirdPage_FindsTheNewestOwnNote(string place, string target)
    {
        await using GitLabScene scene = await GitLabScene.OpenAsync();
        string body = "old\n\n" + Watermark.Render("", GitLabScene.Head);
        scene.Project.AddNote(place, body);
        for (int i = 0; i < 210; i++)
            scene.Project.AddNote(place, "chat", "mona");
        GitLabNote newest = scene.Project.AddNote(place, body);
        GitLabNote others = scene.Project.AddNote(place, body, "mona");
        await scene.PublishAsync("new", target, isUpdate: true);
        Assert.StartsWith("new", newest.Body, StringComparison.Ordinal);
        Assert.Equal((body, 213), (others.Body, scene.Project.Notes.Count));
    }

    [Fact]
    public async Task Update_SameReport_SendsNothing()
    {
        await using GitLabScene scene = await GitLabScene.OpenAsync();
        await scene.PublishAsync("one", "pr/5");
        await scene.PublishAsync("one", "pr/5", isUpdate: true);
        Assert.DoesNotContain(scene.GitLab.Exchanges, e => e.Method == "PUT");
    }

    [Fact]
    public async Task Comment_LinesThatLookLikeOrders_StayText()
    {
        await using GitLabScene scene = await GitLabScene.OpenAsync();
        await scene.PublishAsync("# Result\n/close\n  /merge now\n```\n/label ~x\n```\n/ not one\n", "pr/5");
        Assert.Empty(scene.Project.Orders);
        Assert.StartsWith("# Result\n\\/close\n  \\/merge now\n```\n/label ~x\n```\n/ not one\n", Assert.Single(scene.Project.Notes).Body, StringComparison.Ordinal);
    }

    /// <summary>GitLab looks for orders with a pattern that knows of one kind of code block; what else shows as code acts.</summary>
    [Theory]
    [InlineData("~~~\n/close\n~~~\n")]
    [InlineData("````\n```\n/close\n```\n/close\n````\n")]
    [InlineData("  ```\n/close\n  ```\n")]
    [InlineData("``` `x`\n/close\n")]
    [InlineData("- x\n  ```\n  /close\n")]
    public async Task Comment_OrderInOtherCode_StaysText(string report)
    {
        await using GitLabScene scene = await GitLabScene.OpenAsync();
        await scene.PublishAsync(report, "pr/5");
        Assert.DoesNotMatch("(?m)^[ \\t]*/close", Assert.Single(scene.Project.Notes).Body);
    }

    [Fact]
    public async Task Comment_LongerThanANote_IsPostedInParts()
    {
        await using GitLabScene scene = await GitLabScene.OpenAsync();
        await scene.PublishAsync(string.Concat(Enumerable.Repeat(new string('x', 999) + "\n\n", 1500)), "pr/5");
        Assert.Equal(2, scene.Project.Notes.Count);
    }

    [Theory]
    [InlineData("success", "success")]
    [InlineData("failure", "failed")]
    [InlineData("pending", "pending")]
    public async Task Status_State_IsGitLabs(string state, string expected)
    {
        await using GitLabScene scene = await GitLabScene.OpenAsync();
        using PublishingServices services = scene.Services();
        var status = new CommitStatus { Sha = GitLabScene.Head, State = state, Context = "cml", Description = new string('d', 400) };
        IStatusHost host = services.OpenCodeHost().Require<IStatusHost>("statuses");
        await host.SetStatusAsync(status);
        await host.SetStatusAsync(status);
        Assert.Equal(expected, scene.Project.Statuses[(GitLabScene.Head, "cml")].State);
    }

    [Fact]
    public async Task Token_OfTheJob_IsSentAsSuchAndItsRefusalExplained()
    {
        await using GitLabScene scene = await GitLabScene.OpenAsync();
        scene.Environment.Remove("GITLAB_TOKEN");
        scene.Environment["CI_JOB_TOKEN"] = "job-secret-token";
        scene.GitLab.JobTokens["job-secret-token"] = "olivaw";
        PublishingException e = await Assert.ThrowsAsync<PublishingException>(() => scene.PublishAsync("one", "pr/5"));
        Assert.Contains("401 Unauthorized", e.Message, StringComparison.Ordinal);
        Assert.Contains("set it as GITLAB_TOKEN", e.Message, StringComparison.Ordinal);
        Assert.DoesNotContain("job-secret-token", e.Message, StringComparison.Ordinal);
        Exchange exchange = Assert.Single(scene.GitLab.Exchanges);
        Assert.Equal(("job-secret-token", false), (exchange.RequestHeaders["JOB-TOKEN"], exchange.RequestHeaders.ContainsKey("PRIVATE-TOKEN")));
    }

    [Theory]
    [InlineData("", "group/iris", 0)]
    [InlineData("", "group/sub/iris", 1)]
    [InlineData("/tools/gitlab", "group/sub/iris", 3)]
    public async Task Address_NotTold_IsFoundWithoutShowingTheToken(string prefix, string project, int probes)
    {
        await using GitLabScene scene = await GitLabScene.OpenAsync(prefix, project);
        scene.Environment.Remove("CI_API_V4_URL");
        Comment comment = await scene.PublishAsync("one", "pr/5");
        Assert.StartsWith($"{scene.GitLab.Url}/{project}/-/merge_requests/5#note_", comment.Url, StringComparison.Ordinal);
        Exchange[] asked = [.. scene.GitLab.Exchanges.Where(e => e.Target.EndsWith("/version", StringComparison.Ordinal))];
        Assert.Equal(Math.Min(probes, 1), asked.Length);
        Assert.DoesNotContain(asked, e => e.RequestHeaders.ContainsKey("PRIVATE-TOKEN"));
    }

    [Fact]
    public async Task Address_NoGitLabThere_SaysWhereItWasLookedFor()
    {
        await using GitLabScene scene = await GitLabScene.OpenAsync("/gitlab");
        scene.Environment.Remove("CI_API_V4_URL");
        scene.Repository = scene.GitLab.Url.Replace("/gitlab", "", StringComparison.Ordinal) + "/a/b/c";
        PublishingException e = await Assert.ThrowsAsync<PublishingException>(() => scene.PublishAsync("one", "pr/5"));
        Assert.Contains("/api/v4 or ", e.Message, StringComparison.Ordinal);
        Assert.Contains("CI_API_V4_URL", e.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Detect_MergedResultsPipeline_TakesTheBranchsCommit()
    {
        await using GitLabScene scene = await GitLabScene.OpenAsync();
        scene.Environment["CI_MERGE_REQUEST_SOURCE_BRANCH_SHA"] = new string('2', 40);
        scene.Environment["CI_COMMIT_REF_NAME"] = "topic";
        using PublishingServices services = scene.Services();
        PublishingContext context = services.Context;
        Assert.Equal(("gitlab", new string('2', 40), "topic", "31", "32", "31"), (context.Driver, context.Sha, context.Branch, context.Workflow, context.RunId, context.PipelineId));
    }

    [Fact]
    public async Task Detect_TokenOfAnotherHost_IsNotTaken()
    {
        await using GitLabScene scene = await GitLabScene.OpenAsync();
        scene.Environment.Remove("GITLAB_TOKEN");
        scene.Environment["GITHUB_TOKEN"] = "ghs_other";
        PublishingException e = await Assert.ThrowsAsync<PublishingException>(() => scene.PublishAsync("one", "pr/5"));
        Assert.Contains("token not found: pass --token, or set REPO_TOKEN, GITLAB_TOKEN", e.Message, StringComparison.Ordinal);
        Assert.Empty(scene.GitLab.Exchanges);
    }

    [Theory]
    [InlineData("issue/99", "404")]
    [InlineData("pr/77", "404")]
    public async Task Comment_NoSuchPlace_SaysSo(string target, string message)
    {
        await using GitLabScene scene = await GitLabScene.OpenAsync();
        Assert.Contains(message, (await Assert.ThrowsAsync<PublishingException>(() => scene.PublishAsync("x", target))).Message, StringComparison.Ordinal);
    }
}
