using CmlNet.Publishing.CodeHosts;
using CmlNet.Publishing.Comments;
using CmlNet.Publishing.Detection;
using CmlNet.Testing.Gitea;
using CmlNet.Testing.GitHub;

namespace CmlNet.Publishing.Tests.CodeHosts.Gitea;

public sealed class GiteaHostTests
{
    [Theory]
    [InlineData("", "pr/5", "pulls/5")]
    [InlineData("/git", "issue/2", "issues/2")]
    [InlineData("/git", "auto", "pulls/5")]
    public async Task Comment_Target_IsPostedThenUpdatedThenDeleted(string prefix, string target, string page)
    {
        await using GiteaScene scene = await GiteaScene.OpenAsync(prefix);
        Comment first = await scene.PublishAsync("one", target);
        GiteaComment comment = Assert.Single(scene.Repository.Comments);
        Assert.Equal($"{scene.Gitea.Url}/o/iris/{page}#issuecomment-{comment.Id}", first.Url);
        await scene.PublishAsync("two", target, isUpdate: true);
        Assert.StartsWith("two", Assert.Single(scene.Repository.Comments).Body, StringComparison.Ordinal);
        using PublishingServices services = scene.Services();
        Assert.Equal(1, await services.OpenCommentPublisher(scene.Directory).DeleteAsync(new CommentRequest { Report = "", Target = target }));
        Assert.Empty(scene.Repository.Comments);
    }

    [Fact]
    public async Task Comment_PullRequestOnTheThirdPage_IsFoundByItsCommit()
    {
        await using GiteaScene scene = await GiteaScene.OpenAsync();
        scene.Repository.PullRequests.Clear();
        for (int number = 100; number < 220; number++)
            scene.Repository.AddPullRequest(number, new string('9', 40), $"b{number}");
        scene.Repository.AddPullRequest(300, GiteaScene.Head);
        await scene.PublishAsync("one", "auto");
        Assert.Equal(300, Assert.Single(scene.Repository.Comments).Issue);
    }

    [Theory]
    [InlineData("commit")]
    [InlineData("commit/" + GiteaScene.Head)]
    [InlineData("auto")]
    public async Task Comment_OnACommit_IsRefusedBeforeAnythingIsSent(string target)
    {
        await using GiteaScene scene = await GiteaScene.OpenAsync();
        scene.Repository.PullRequests.Clear();
        scene.Write("plot.svg", GiteaScene.Picture);
        PublishingException e = await Assert.ThrowsAsync<PublishingException>(() => scene.PublishAsync("![a](plot.svg)", target));
        Assert.Contains("Gitea and Forgejo show no comments on commits: open a pull request", e.Message, StringComparison.Ordinal);
        Assert.DoesNotContain(scene.Gitea.Exchanges, x => x.Method != "GET");
    }

    [Fact]
    public async Task Update_OtherPeoplesComment_IsLeftAlone()
    {
        await using GiteaScene scene = await GiteaScene.OpenAsync();
        string body = "old\n\n" + Watermark.Render("", GiteaScene.Head);
        GiteaComment others = scene.Repository.AddComment(5, body, "mona");
        await scene.PublishAsync("new", "pr/5", isUpdate: true);
        Assert.Equal((body, 2), (others.Body, scene.Repository.Comments.Count));
    }

    [Theory]
    [InlineData("gitea-actions")]
    [InlineData("forgejo-actions")]
    public async Task Update_WithAJobsToken_KnowsItsOwnComment(string actor)
    {
        await using GiteaScene scene = await GiteaScene.OpenAsync();
        scene.Environment.Remove("GITEA_TOKEN");
        scene.Environment["GITHUB_TOKEN"] = "job-secret";
        scene.Gitea.JobTokens["job-secret"] = actor;
        await scene.PublishAsync("one", "pr/5");
        await scene.PublishAsync("two", "pr/5", isUpdate: true);
        Assert.StartsWith("two", Assert.Single(scene.Repository.Comments).Body, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Comment_Images_AreAttachedOnceAndTheOldOnesTakenAway()
    {
        await using GiteaScene scene = await GiteaScene.OpenAsync();
        scene.Write("a plot.svg", GiteaScene.Picture);
        scene.Write("b.svg", GiteaScene.Picture + " ");
        await scene.PublishAsync("![a](<a plot.svg>) ![b](b.svg) ![c](b.svg)\n", "pr/5");
        GiteaComment comment = Assert.Single(scene.Repository.Comments);
        Assert.Equal(2, comment.Attachments.Count);
        Assert.Equal(3, comment.Body.Split($"{scene.Gitea.Url}/attachments/").Length - 1);
        long kept = comment.Attachments.Find(a => a.Name.EndsWith("-b.svg", StringComparison.Ordinal)).Id;
        await scene.PublishAsync("![b](b.svg)\n", "pr/5", isUpdate: true);
        Assert.Equal([kept], comment.Attachments.Select(a => a.Id));
        Assert.Contains($"{kept:x32}", comment.Body, StringComparison.Ordinal);
        Assert.Equal(2, scene.Gitea.Exchanges.Count(e => e.Method == "POST" && e.Target.Contains("/assets", StringComparison.Ordinal)));
    }

    [Fact]
    public async Task Update_SameReportByAnotherProcess_UploadsAndPostsNothing()
    {
        await using GiteaScene scene = await GiteaScene.OpenAsync();
        scene.Write("a.svg", GiteaScene.Picture);
        await scene.PublishAsync("![a](a.svg)\n", "pr/5");
        scene.Gitea.Exchanges.Clear();
        Assert.Equal(CommentChange.Unchanged, (await scene.PublishAsync("![a](a.svg)\n", "pr/5", isUpdate: true)).Change);
        Assert.DoesNotContain(scene.Gitea.Exchanges, e => e.Method != "GET");
        scene.Write("a.svg", GiteaScene.Picture + " ");
        Assert.Equal(CommentChange.Updated, (await scene.PublishAsync("![a](a.svg)\n", "pr/5", isUpdate: true)).Change);
    }

    [Fact]
    public async Task Comment_Appended_KeepsTheImagesOfBefore()
    {
        await using GiteaScene scene = await GiteaScene.OpenAsync();
        scene.Write("a.svg", GiteaScene.Picture);
        scene.Write("b.svg", GiteaScene.Picture + " ");
        await scene.PublishAsync("![a](a.svg)\n", "pr/5");
        await scene.PublishAsync(new CommentRequest { Report = "![b](b.svg)\n", Target = "pr/5", IsAppended = true });
        Assert.Equal(2, Assert.Single(scene.Repository.Comments).Attachments.Count);
        Assert.Equal(2, scene.Repository.Comments[0].Body.Split("/attachments/").Length - 1);
    }

    [Fact]
    public async Task Comment_ImageRefused_IsPostedAllTheSame()
    {
        await using GiteaScene scene = await GiteaScene.OpenAsync();
        scene.Write("a.svg", GiteaScene.Picture);
        scene.Gitea.Forbidden.Add(".svg");
        await scene.PublishAsync("one ![the plot](a.svg)\n", "pr/5");
        string body = Assert.Single(scene.Repository.Comments).Body;
        Assert.Matches(@"^one !\[the plot\]\(#[0-9a-f]{16}-a\.svg\)", body);
        Assert.EndsWith("_Not shown, because the upload failed, see the log: `a.svg`._\n", body, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(MergeMethod.Merge, true, 0, null, "merge")]
    [InlineData(MergeMethod.Rebase, false, 2, "it has no checks to wait for", "rebase")]
    [InlineData(MergeMethod.Squash, true, 1, null, "squash")]
    public async Task Merge_Checks_AreWaitedForWhereThereAreSome(MergeMethod method, bool hasChecks, int tries, string? reason, string expected)
    {
        await using GiteaScene scene = await GiteaScene.OpenAsync();
        GiteaPullRequest request = scene.Repository.PullRequests[0];
        (request.HasChecks, request.Tries) = (hasChecks, tries);
        Assert.Equal(reason, await MergeAsync(scene, method));
        Assert.Equal((expected, reason is not null), (request.Merge, request.IsMerged));
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Merge_AnswerLost_IsNotAFailure(bool hasChecks)
    {
        await using GiteaScene scene = await GiteaScene.OpenAsync();
        scene.Repository.PullRequests[0].HasChecks = hasChecks;
        scene.Gitea.Faults.Add(new Fault { Kind = FaultKind.ResetAfterApplying, PathEnd = "/merge" });
        Assert.Equal(hasChecks, await MergeAsync(scene, MergeMethod.Merge) is null);
    }

    [Fact]
    public async Task Merge_Conflict_SaysSo()
    {
        await using GiteaScene scene = await GiteaScene.OpenAsync();
        scene.Repository.PullRequests[0].HasConflict = true;
        Assert.Contains("merge conflict", (await Assert.ThrowsAsync<PublishingException>(() => MergeAsync(scene, MergeMethod.Merge))).Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Status_OfTheCommit_IsSet()
    {
        await using GiteaScene scene = await GiteaScene.OpenAsync();
        using PublishingServices services = scene.Services();
        await services.OpenCodeHost().Require<IStatusHost>("statuses").SetStatusAsync(new CommitStatus { Sha = GiteaScene.Head, State = "failure", Context = "cml" });
        Assert.Equal("failure", scene.Repository.Statuses[(GiteaScene.Head, "cml")]);
    }

    [Theory]
    [InlineData("https://codeberg.org/o/r", "https://codeberg.org/api/v1/")]
    [InlineData("https://gitea.com/o/r.git", "https://gitea.com/api/v1/")]
    public void Detect_KnownServer_NeedsNoDriver(string repository, string api)
    {
        using var services = new PublishingServices(new PublishingOptions { WorkingDirectory = Path.GetTempPath(), Repository = repository }, Microsoft.Extensions.Logging.Abstractions.NullLogger.Instance);
        Assert.Equal(("gitea", api), (services.Context.Driver, services.Context.ApiBase!.AbsoluteUri));
    }

    [Fact]
    public async Task Detect_PullRequestEvent_TellsItsNumberAndHead()
    {
        await using GiteaScene scene = await GiteaScene.OpenAsync();
        string head = new('7', 40);
        scene.Environment["GITHUB_EVENT_NAME"] = "pull_request";
        scene.Environment["GITHUB_EVENT_PATH"] = scene.Write("event.json", $$"""{"number":5,"pull_request":{"number":5,"head":{"sha":"{{head}}"} } }""");
        using PublishingServices services = scene.Services();
        PublishingContext context = services.Context;
        Assert.Equal(("gitea", 5, head, scene.Gitea.Url + "/api/v1/"), (context.Driver, context.PullRequest, context.Sha, context.ApiBase!.AbsoluteUri));
    }

    [Fact]
    public async Task Detect_ForgejosOwnVariables_StandIn()
    {
        await using GiteaScene scene = await GiteaScene.OpenAsync();
        foreach (string name in (string[])["SERVER_URL", "API_URL", "REPOSITORY", "SHA", "REF"])
        {
            scene.Environment["FORGEJO_" + name] = scene.Environment["GITHUB_" + name];
            scene.Environment.Remove("GITHUB_" + name);
        }

        using PublishingServices services = scene.Services();
        Assert.Equal(("gitea", GiteaScene.Head, "main", scene.Gitea.Url + "/o/iris"), (services.Context.Driver, services.Context.Sha, services.Context.Branch, services.Context.Repository!.AbsoluteUri));
    }

    private static async Task<string?> MergeAsync(GiteaScene scene, MergeMethod method)
    {
        using PublishingServices services = scene.Services();
        IPullRequestHost host = services.OpenCodeHost().Require<IPullRequestHost>("pull requests");
        PullRequest? open = await host.FindPullRequestAsync("feature", "main");
        return await host.MergePullRequestAsync(open!, method); // the scene has it
    }
}
