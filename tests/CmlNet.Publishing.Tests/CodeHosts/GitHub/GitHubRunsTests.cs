using CmlNet.Publishing.CodeHosts;
using CmlNet.Testing.GitHub;
using CmlNet.Testing.GitHub.State;

namespace CmlNet.Publishing.Tests.CodeHosts.GitHub;

public sealed class GitHubRunsTests
{
    [Theory]
    [InlineData("completed", 0)]
    [InlineData("in_progress", 1)]
    [InlineData("queued", 0)]
    public async Task Rerun_Run_IsCancelledFirstWhereItHasNotEnded(string status, int reads)
    {
        await using Scene scene = await Scene.OpenAsync();
        var run = new FakeRun { Id = 77, Status = status, ReadsUntilCancelled = reads };
        scene.Repository.Runs.Add(run);
        await RerunAsync(scene, "77");
        Assert.Equal(2, run.Attempt);
        Assert.Equal(status != "completed", scene.Calls().Contains("POST /repos/octocat/iris/actions/runs/77/cancel"));
    }

    [Fact]
    public async Task Rerun_AnswerLost_RunsOnce()
    {
        await using Scene scene = await Scene.OpenAsync();
        var run = new FakeRun { Id = 77 };
        scene.Repository.Runs.Add(run);
        scene.GitHub.Faults.Add(new Fault { Kind = FaultKind.ResetAfterApplying, PathEnd = "/rerun" });
        await RerunAsync(scene, "77");
        Assert.Equal(2, run.Attempt);
    }

    [Theory]
    [InlineData("", "is not the number of a workflow run")]
    [InlineData("../5", "is not the number of a workflow run")]
    [InlineData("78", "404 NotFound")]
    public async Task Rerun_BadRun_SaysSo(string id, string message)
    {
        await using Scene scene = await Scene.OpenAsync();
        PublishingException e = await Assert.ThrowsAsync<PublishingException>(() => RerunAsync(scene, id));
        Assert.Contains(message, e.Message, StringComparison.Ordinal);
    }

    private static async Task RerunAsync(Scene scene, string id)
    {
        using PublishingServices services = scene.Services();
        await services.OpenCodeHost().Require<IWorkflowHost>("runs").RerunWorkflowAsync(id);
    }
}
