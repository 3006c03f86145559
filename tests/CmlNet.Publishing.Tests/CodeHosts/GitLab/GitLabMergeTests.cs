using CmlNet.Publishing.CodeHosts;
using CmlNet.Testing.GitHub;
using CmlNet.Testing.GitLab;

namespace CmlNet.Publishing.Tests.CodeHosts.GitLab;

public sealed class GitLabMergeTests
{
    [Theory]
    [InlineData("running", 0, "opened", null)]
    [InlineData("running", 3, "opened", null)]
    [InlineData("success", 0, "merged", "its pipeline had succeeded already")]
    [InlineData(null, 0, "merged", "it has no pipeline to wait for")]
    public async Task Merge_Pipeline_IsWaitedForWhereThereIsOne(string? pipeline, int checks, string state, string? reason)
    {
        await using GitLabScene scene = await GitLabScene.OpenAsync();
        GitLabMergeRequest request = scene.Project.MergeRequests[0];
        (request.Pipeline, request.Checks) = (pipeline, checks);
        Assert.Equal(reason, await MergeAsync(scene, MergeMethod.Squash));
        Assert.Equal((state, state == "opened", true), (request.State, request.IsAutoMerged, request.IsSquashed));
    }

    [Theory]
    [InlineData(FaultKind.StatusAfterApplying)]
    [InlineData(FaultKind.ResetAfterApplying)]
    public async Task Merge_AnswerLost_IsNotAFailure(FaultKind kind)
    {
        await using GitLabScene scene = await GitLabScene.OpenAsync();
        scene.Project.MergeRequests[0].Pipeline = "success";
        scene.GitLab.Faults.Add(new Fault { Kind = kind, Method = "PUT", PathEnd = "/merge" });
        Assert.NotNull(await MergeAsync(scene, MergeMethod.Merge));
        Assert.Equal("merged", scene.Project.MergeRequests[0].State);
    }

    [Fact]
    public async Task Merge_ApprovalMissing_SaysSo()
    {
        await using GitLabScene scene = await GitLabScene.OpenAsync();
        scene.Project.MergeRequests[0].IsBlocked = true;
        PublishingException e = await Assert.ThrowsAsync<PublishingException>(() => MergeAsync(scene, MergeMethod.Merge));
        Assert.Contains("is open, but GitLab will not merge it by itself: its state is 'not_approved'", e.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("running", "canceled")]
    [InlineData("failed", "failed")]
    public async Task Rerun_Pipeline_IsRetriedAfterItsEnd(string status, string before)
    {
        await using GitLabScene scene = await GitLabScene.OpenAsync();
        scene.Project.Pipelines[31] = status;
        await RerunAsync(scene, "31");
        Assert.Equal("running", scene.Project.Pipelines[31]);
        Assert.Equal(before == "canceled", scene.GitLab.Requests().Any(r => r.EndsWith("/pipelines/31/cancel", StringComparison.Ordinal)));
    }

    [Theory]
    [InlineData(FaultKind.ResetAfterApplying)]
    [InlineData(FaultKind.StatusAfterApplying)]
    [InlineData(FaultKind.ResetBeforeApplying)]
    public async Task Rerun_AnswerLost_RetriesOnce(FaultKind kind)
    {
        await using GitLabScene scene = await GitLabScene.OpenAsync();
        scene.Project.Pipelines[31] = "failed";
        scene.GitLab.Faults.Add(new Fault { Kind = kind, PathEnd = "/retry" });
        await RerunAsync(scene, "31");
        Assert.Equal("running", scene.Project.Pipelines[31]);
        Assert.Equal(1, scene.GitLab.Exchanges.Count(e => e.Target.EndsWith("/retry", StringComparison.Ordinal) && (!e.IsFault || kind != FaultKind.ResetBeforeApplying)));
    }

    [Fact]
    public async Task Rerun_NumberOfAJob_RetriesTheJob()
    {
        await using GitLabScene scene = await GitLabScene.OpenAsync();
        scene.Project.Jobs[77] = 0;
        await RerunAsync(scene, "77");
        Assert.Equal(1, scene.Project.Jobs[77]);
    }

    [Theory]
    [InlineData("../5", "is not the number of a pipeline or a job")]
    [InlineData("78", "neither a pipeline nor a job with the number 78")]
    public async Task Rerun_BadNumber_SaysSo(string id, string message)
    {
        await using GitLabScene scene = await GitLabScene.OpenAsync();
        Assert.Contains(message, (await Assert.ThrowsAsync<PublishingException>(() => RerunAsync(scene, id))).Message, StringComparison.Ordinal);
    }

    private static async Task<string?> MergeAsync(GitLabScene scene, MergeMethod method)
    {
        using PublishingServices services = scene.Services();
        IPullRequestHost host = services.OpenCodeHost().Require<IPullRequestHost>("merge requests");
        PullRequest? open = await host.FindPullRequestAsync("feature", "main");
        return await host.MergePullRequestAsync(open!, method); // the scene has it
    }

    private static async Task RerunAsync(GitLabScene scene, string id)
    {
        using PublishingServices services = scene.Services();
        await services.OpenCodeHost().Require<IWorkflowHost>("pipelines").RerunWorkflowAsync(id);
    }
}
