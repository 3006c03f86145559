using CmlNet.Publishing.CodeHosts;
using CmlNet.Testing.GitHub;

namespace CmlNet.Publishing.Tests.CodeHosts.GitLab;

/// <summary>Whatever goes wrong on the way, one note with the right body is what is left, and no file is lost.</summary>
public sealed class GitLabFaultTests
{
    public static TheoryData<FaultKind, int> Faults => new()
    {
        { FaultKind.StatusBeforeApplying, 429 },
        { FaultKind.StatusBeforeApplying, 500 },
        { FaultKind.StatusAfterApplying, 500 },
        { FaultKind.StatusAfterApplying, 502 },
        { FaultKind.ResetBeforeApplying, 0 },
        { FaultKind.ResetAfterApplying, 0 },
        { FaultKind.TruncatedAfterApplying, 0 },
    };

    [Theory]
    [MemberData(nameof(Faults))]
    public async Task Create_OnMergeRequest_LeavesOneNote(FaultKind kind, int status) => await CreateAsync(kind, status, "pr/5", "/notes");

    [Theory]
    [MemberData(nameof(Faults))]
    public async Task Create_OnCommit_LeavesOneNote(FaultKind kind, int status) => await CreateAsync(kind, status, "commit", "/discussions");

    [Theory]
    [MemberData(nameof(Faults))]
    public async Task Update_Fault_LeavesOneNoteWithTheNewBody(FaultKind kind, int status)
    {
        await using GitLabScene scene = await GitLabScene.OpenAsync();
        await scene.PublishAsync("one", "pr/5");
        scene.GitLab.Faults.Add(new Fault { Kind = kind, Status = status, Method = "PUT", Times = 2 });
        await scene.PublishAsync("two", "pr/5", isUpdate: true);
        Assert.StartsWith("two", Assert.Single(scene.Project.Notes).Body, StringComparison.Ordinal);
    }

    [Theory]
    [MemberData(nameof(Faults))]
    public async Task Upload_Fault_LosesNoFile(FaultKind kind, int status)
    {
        await using GitLabScene scene = await GitLabScene.OpenAsync();
        scene.Write("plot.svg", "<svg xmlns=\"http://www.w3.org/2000/svg\"/>");
        scene.GitLab.Faults.Add(new Fault { Kind = kind, Status = status, PathEnd = "/uploads", Times = 2 });
        await scene.PublishAsync("![a](plot.svg)", "pr/5");
        Assert.StartsWith("![a](/uploads/", Assert.Single(scene.Project.Notes).Body, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Upload_Refused_LeavesANoteInItsPlace()
    {
        await using GitLabScene scene = await GitLabScene.OpenAsync();
        scene.Write("plot.svg", "<svg xmlns=\"http://www.w3.org/2000/svg\"/>");
        scene.GitLab.Faults.Add(new Fault { Kind = FaultKind.StatusBeforeApplying, Status = 413, PathEnd = "/uploads" });
        await scene.PublishAsync("![a](plot.svg)\n", "pr/5");
        Assert.Contains("the upload failed, see the log", Assert.Single(scene.Project.Notes).Body, StringComparison.Ordinal);
    }

    [Theory]
    [MemberData(nameof(Faults))]
    public async Task Open_Fault_LeavesOneMergeRequest(FaultKind kind, int status)
    {
        await using GitLabScene scene = await GitLabScene.OpenAsync();
        scene.GitLab.Faults.Add(new Fault { Kind = kind, Status = status, PathEnd = "/merge_requests", Times = 2 });
        using PublishingServices services = scene.Services();
        PullRequest opened = await services.OpenCodeHost().Require<IPullRequestHost>("x").CreatePullRequestAsync(new NewPullRequest { Source = "a", Target = "main", Title = "t", Body = "b", IsCiSkipped = true });
        Assert.Equal(2, scene.Project.MergeRequests.Count);
        Assert.Equal(($"{scene.GitLab.Url}/group/sub/iris/-/merge_requests/6", "t [skip ci]"), (opened.Url, scene.Project.MergeRequests[1].Title));
    }

    private static async Task CreateAsync(FaultKind kind, int status, string target, string path)
    {
        await using GitLabScene scene = await GitLabScene.OpenAsync();
        scene.GitLab.Faults.Add(new Fault { Kind = kind, Status = status, PathEnd = path, Times = 2 });
        Comment comment = await scene.PublishAsync("report", target);
        Assert.Equal(comment.Body, Assert.Single(scene.Project.Notes).Body);
        Assert.EndsWith("#note_" + scene.Project.Notes[0].Id, comment.Url, StringComparison.Ordinal);
        // What was read back can be updated.
        await scene.PublishAsync("second", target, isUpdate: true);
        Assert.StartsWith("second", Assert.Single(scene.Project.Notes).Body, StringComparison.Ordinal);
    }
}
