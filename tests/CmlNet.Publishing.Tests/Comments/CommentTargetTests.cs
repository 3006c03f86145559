using CmlNet.Publishing.CodeHosts;
using CmlNet.Publishing.Comments;

namespace CmlNet.Publishing.Tests.Comments;

public sealed class CommentTargetTests
{
    [Theory]
    [InlineData("pr/7", "pr/7")]
    [InlineData("PR/7", "pr/7")]
    [InlineData("issue/3", "issue/3")]
    [InlineData("commit/HEAD", "commit/HEAD")]
    [InlineData("commit", "commit/" + Scene.Head)]
    [InlineData("Commit", "commit/" + Scene.Head)]
    public async Task Resolve_NamedPlace_AsksNobody(string target, string expected)
    {
        await using Scene scene = await Scene.OpenAsync();
        Assert.Equal(expected, (await ResolveAsync(scene, target)).ToString());
        Assert.Empty(scene.Calls());
    }

    [Theory]
    [InlineData("auto")]
    [InlineData("pr")]
    public async Task Resolve_PushToBranchWithPullRequest_FindsItByCommit(string target)
    {
        await using Scene scene = await Scene.OpenAsync();
        Assert.Equal("pr/5", (await ResolveAsync(scene, target)).ToString());
        Assert.Equal([$"GET /repos/octocat/iris/commits/{Scene.Head}/pulls?state=open&per_page=100"], scene.Calls());
    }

    [Fact]
    public async Task Resolve_OnlyClosedPullRequests_AutoTakesTheCommitAndPrFails()
    {
        await using Scene scene = await Scene.OpenAsync();
        scene.Repository.PullRequests[0].State = "closed";
        Assert.Equal("commit/" + Scene.Head, (await ResolveAsync(scene, "auto")).ToString());
        PublishingException e = await Assert.ThrowsAsync<PublishingException>(() => ResolveAsync(scene, "pr"));
        Assert.Equal($"PR for commit sha \"{Scene.Head}\" not found", e.Message);
    }

    [Theory]
    [InlineData("pull_request", """{"pull_request":{"number":9,"head":{"sha":"2222222222222222222222222222222222222222"}}}""", "pr/9")]
    [InlineData("pull_request_target", """{"pull_request":{"number":9}}""", "pr/9")]
    [InlineData("pull_request_review", """{"pull_request":{"number":9}}""", "pr/9")]
    [InlineData("pull_request_review_comment", """{"pull_request":{"number":9}}""", "pr/9")]
    [InlineData("issue_comment", """{"issue":{"number":4,"pull_request":{"url":"x"}}}""", "pr/4")]
    [InlineData("workflow_run", """{"workflow_run":{"head_sha":"3333","pull_requests":[{"number":6}]}}""", "pr/6")]
    [InlineData("check_suite", """{"check_suite":{"head_sha":"3333","pull_requests":[{"number":6}]}}""", "pr/6")]
    [InlineData("merge_group", """{"merge_group":{"head_ref":"refs/heads/gh-readonly-queue/main/pr-104-0123abc"}}""", "pr/104")]
    public async Task Resolve_EventWithPullRequest_AsksNobody(string name, string payload, string expected)
    {
        await using Scene scene = await Scene.OpenAsync();
        scene.SetEvent(name, payload);
        Assert.Equal(expected, (await ResolveAsync(scene, "auto")).ToString());
        Assert.Empty(scene.Calls());
    }

    [Fact]
    public async Task Resolve_WorkflowRunOfFork_LooksItsHeadUp()
    {
        await using Scene scene = await Scene.OpenAsync();
        scene.Set("GITHUB_SHA", new string('d', 40));
        scene.SetEvent("workflow_run", """{"workflow_run":{"head_sha":"SHA","pull_requests":[]}}""".Replace("SHA", Scene.Head, StringComparison.Ordinal));
        Assert.Equal("pr/5", (await ResolveAsync(scene, "auto")).ToString());
    }

    [Theory]
    [InlineData("nonsense", "Failed to parse comment --target=\"nonsense\"")]
    [InlineData("pr/", "Failed to parse comment --target=\"pr/\"")]
    [InlineData("pr/x", "Failed to parse comment --target=\"pr/x\"")]
    [InlineData("pr/5/../6", "Failed to parse comment --target=\"pr/5/../6\"")]
    [InlineData("branch/main", "unsupported comment target \"branch/main\"")]
    public async Task Resolve_Unreadable_SaysSo(string target, string start)
    {
        await using Scene scene = await Scene.OpenAsync();
        PublishingException e = await Assert.ThrowsAsync<PublishingException>(() => ResolveAsync(scene, target));
        Assert.StartsWith(start, e.Message, StringComparison.Ordinal);
    }

    private static async Task<CommentPlace> ResolveAsync(Scene scene, string target)
    {
        using PublishingServices services = scene.Services();
        return await CommentTarget.ResolveAsync(target, services.Context, services.OpenCodeHost());
    }
}
