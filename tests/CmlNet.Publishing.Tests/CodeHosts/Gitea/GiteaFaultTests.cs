using CmlNet.Publishing.CodeHosts;
using CmlNet.Publishing.Tests.CodeHosts.GitLab;
using CmlNet.Testing.Gitea;
using CmlNet.Testing.GitHub;

namespace CmlNet.Publishing.Tests.CodeHosts.Gitea;

/// <summary>Whatever goes wrong on the way, one comment with the right body and its files is what is left.</summary>
public sealed class GiteaFaultTests
{
    [Theory]
    [MemberData(nameof(GitLabFaultTests.Faults), MemberType = typeof(GitLabFaultTests))]
    public async Task Create_FaultOnPost_LeavesOneComment(FaultKind kind, int status)
    {
        await using GiteaScene scene = await GiteaScene.OpenAsync();
        scene.Gitea.Faults.Add(new Fault { Kind = kind, Status = status, PathEnd = "/comments", Times = 2 });
        Comment comment = await scene.PublishAsync("report", "pr/5");
        Assert.Equal(comment.Body, Assert.Single(scene.Repository.Comments).Body);
    }

    [Theory]
    [MemberData(nameof(GitLabFaultTests.Faults), MemberType = typeof(GitLabFaultTests))]
    public async Task Attach_Fault_LeavesOneCommentWithItsFile(FaultKind kind, int status)
    {
        await using GiteaScene scene = await GiteaScene.OpenAsync();
        scene.Write("a.svg", GiteaScene.Picture);
        scene.Gitea.Faults.Add(new Fault { Kind = kind, Status = status, PathEnd = "/assets", Times = 2 });
        await scene.PublishAsync("![a](a.svg)\n", "pr/5");
        GiteaComment comment = Assert.Single(scene.Repository.Comments);
        Assert.Single(comment.Attachments);
        Assert.StartsWith($"![a]({scene.Gitea.Url}/attachments/", comment.Body, StringComparison.Ordinal);
    }

    [Theory]
    [MemberData(nameof(GitLabFaultTests.Faults), MemberType = typeof(GitLabFaultTests))]
    public async Task Update_Fault_LeavesOneCommentWithTheNewBody(FaultKind kind, int status)
    {
        await using GiteaScene scene = await GiteaScene.OpenAsync();
        await scene.PublishAsync("one", "pr/5");
        scene.Gitea.Faults.Add(new Fault { Kind = kind, Status = status, Method = "PATCH", Times = 2 });
        await scene.PublishAsync("two", "pr/5", isUpdate: true);
        Assert.StartsWith("two", Assert.Single(scene.Repository.Comments).Body, StringComparison.Ordinal);
    }

    [Theory]
    [MemberData(nameof(GitLabFaultTests.Faults), MemberType = typeof(GitLabFaultTests))]
    public async Task Open_Fault_LeavesOnePullRequest(FaultKind kind, int status)
    {
        await using GiteaScene scene = await GiteaScene.OpenAsync();
        scene.Gitea.Faults.Add(new Fault { Kind = kind, Status = status, PathEnd = "/pulls", Times = 2 });
        using PublishingServices services = scene.Services();
        PullRequest opened = await services.OpenCodeHost().Require<IPullRequestHost>("x").CreatePullRequestAsync(new NewPullRequest { Source = "a", Target = "main", Title = "t", Body = "b" });
        Assert.Equal((2, scene.Gitea.Url + "/o/iris/pulls/6"), (scene.Repository.PullRequests.Count, opened.Url));
    }
}
