using CmlNet.Publishing.CodeHosts;
using CmlNet.Publishing.PullRequests;
using CmlNet.Testing.GitHub;
using CmlNet.Testing.GitHub.State;

namespace CmlNet.Publishing.Tests.PullRequests;

public sealed class PullRequestPublisherTests
{
    [Fact]
    public async Task Publish_ChangedNewAndDeletedFiles_OpensOnePullRequestWithCmlsTexts()
    {
        await using Clone clone = await Clone.OpenAsync();
        Change(clone);
        PullRequest opened = (await PublishAsync(clone, new PullRequestRequest { Paths = ["*.json", "old.csv", "models/**"] }))!;

        string branch = $"main-cml-pr-{clone.Sha[..8]}";
        FakePullRequest pullRequest = Assert.Single(clone.Scene.Repository.PullRequests, p => p.Number == opened.Number);
        Assert.Equal((branch, "main"), (pullRequest.HeadRef, pullRequest.BaseRef));
        Assert.Equal($"CML PR for main {clone.Sha[..8]}", pullRequest.Title);
        Assert.Equal($"\nAutomated commits for {clone.Scene.GitHub.Url}/octocat/iris/commit/{clone.Sha} created by CML.\n      ", pullRequest.Body);
        Assert.Equal($"CML PR for {clone.Sha[..8]} [skip ci]|Olivaw[bot] <olivaw@iterative.ai>", clone.Remote("log", "-1", "--format=%s|%an <%ae>", branch));
        Assert.Equal("M\tmetrics.json\nA\tmodels/a b.bin\nD\told.csv", clone.Remote("diff", "--name-status", "main", branch));
        Assert.Equal(branch, clone.Local("rev-parse", "--abbrev-ref", "HEAD"));
        Assert.Contains("src/train.py", clone.Local("status", "--porcelain"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Publish_Again_FindsThePullRequestOpenedBefore()
    {
        await using Clone clone = await Clone.OpenAsync();
        Change(clone);
        PullRequest first = (await PublishAsync(clone, new PullRequestRequest { Paths = ["."] }))!;
        clone.Local("checkout", "-q", "main");
        Change(clone);
        PullRequest second = (await PublishAsync(clone, new PullRequestRequest { Paths = ["."] }))!;
        Assert.Equal(first, second);
        Assert.Single(clone.Scene.Repository.PullRequests, p => p.BaseRef == "main" && p.HeadRef.StartsWith("main-cml", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Publish_NothingChanged_IsNothing()
    {
        await using Clone clone = await Clone.OpenAsync();
        Assert.Null(await PublishAsync(clone, new PullRequestRequest { Paths = ["."] }));
        clone.Scene.Write("src/train.py", "fail");
        Assert.Null(await PublishAsync(clone, new PullRequestRequest { Paths = ["*.json", "!src"] }));
        Assert.Empty(clone.Scene.Calls());
    }

    [Fact]
    public async Task Publish_Token_StaysOutOfTheRepositoryAndOfHooks()
    {
        await using Clone clone = await Clone.OpenAsync();
        Change(clone);
        // What actions/checkout leaves behind: another token, which a second header would clash with.
        clone.Local("config", $"http.{clone.Scene.GitHub.Url}/.extraheader", "AUTHORIZATION: basic b3RoZXI6b3RoZXI=");
        string seen = Path.Combine(clone.Scene.Directory, ".git", "seen");
        foreach (string hook in (string[])["pre-push", "pre-commit", "reference-transaction"])
        {
            string path = clone.Scene.Write($".git/hooks/{hook}", $"#!/bin/sh\nenv >> '{seen}'\n");
            if (!OperatingSystem.IsWindows())
                File.SetUnixFileMode(path, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
        }

        Assert.NotNull(await PublishAsync(clone, new PullRequestRequest { Paths = ["."] }));
        string encoded = Convert.ToBase64String(System.Text.Encoding.UTF8.GetBytes("x-access-token:" + Scene.Token));
        foreach (string file in Directory.EnumerateFiles(Path.Combine(clone.Scene.Directory, ".git"), "*", SearchOption.AllDirectories))
        {
            string text = await File.ReadAllTextAsync(file);
            Assert.DoesNotContain(Scene.Token, text, StringComparison.Ordinal);
            Assert.DoesNotContain(encoded, text, StringComparison.Ordinal);
        }

        Assert.True(File.Exists(seen));
    }

    [Theory]
    [InlineData(MergeMethod.Merge, null, "MERGE", null)]
    [InlineData(MergeMethod.Rebase, null, "REBASE", null)]
    [InlineData(MergeMethod.Squash, "Pull request Pull request is in clean status", null, "squash")]
    [InlineData(MergeMethod.Merge, "Pull request Protected branch rules not configured for this branch", null, "merge")]
    public async Task Publish_Merge_WaitsWhereGitHubDoesAndElseMerges(MergeMethod method, string? refusal, string? later, string? atOnce)
    {
        await using Clone clone = await Clone.OpenAsync();
        Change(clone);
        clone.Scene.Repository.AutoMergeRefusal = refusal;
        PullRequest opened = (await PublishAsync(clone, new PullRequestRequest { Paths = ["."], Merge = method }))!;
        FakePullRequest pullRequest = clone.Scene.Repository.PullRequests.Single(p => p.Number == opened.Number);
        Assert.Equal((later, atOnce), (pullRequest.AutoMerge, pullRequest.MergedBy));
        Assert.Equal($"CML PR for {clone.Sha[..8]}", clone.Remote("log", "-1", "--format=%s", pullRequest.HeadRef));
    }

    [Fact]
    public async Task Publish_MergeRefusedOtherwise_SaysThatThePullRequestIsOpen()
    {
        await using Clone clone = await Clone.OpenAsync();
        Change(clone);
        clone.Scene.Repository.AutoMergeRefusal = "Pull request is in unstable status";
        PublishingException e = await Assert.ThrowsAsync<PublishingException>(() => PublishAsync(clone, new PullRequestRequest { Paths = ["."], Merge = MergeMethod.Merge }));
        Assert.Contains("is open, but GitHub will not merge it by itself: Pull request is in unstable status", e.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Publish_TargetThatIsNotThere_SaysSo()
    {
        await using Clone clone = await Clone.OpenAsync();
        Change(clone);
        PublishingException e = await Assert.ThrowsAsync<PublishingException>(() => PublishAsync(clone, new PullRequestRequest { Paths = ["."], TargetBranch = "nope" }));
        Assert.StartsWith("The target branch does not exist.", e.Message, StringComparison.Ordinal);
        e = await Assert.ThrowsAsync<PublishingException>(() => PublishAsync(clone, new PullRequestRequest { Paths = ["."], Branch = "--mirror" }));
        Assert.Equal("'--mirror' cannot be the name of a branch", e.Message);
    }

    [Theory]
    [InlineData(FaultKind.StatusAfterApplying)]
    [InlineData(FaultKind.ResetAfterApplying)]
    [InlineData(FaultKind.ResetBeforeApplying)]
    [InlineData(FaultKind.TruncatedAfterApplying)]
    public async Task Publish_FaultWhileOpening_LeavesOnePullRequest(FaultKind fault)
    {
        await using Clone clone = await Clone.OpenAsync();
        Change(clone);
        clone.Scene.GitHub.Faults.Add(new Fault { Kind = fault, PathEnd = "/pulls" });
        PullRequest opened = (await PublishAsync(clone, new PullRequestRequest { Paths = ["."] }))!;
        Assert.Equal(opened.Number, Assert.Single(clone.Scene.Repository.PullRequests, p => p.BaseRef == "main" && p.HeadRef.StartsWith("main-cml", StringComparison.Ordinal)).Number);
    }

    [Fact]
    public async Task Prepare_TokenFromAVariable_IsNamedAndNotWritten()
    {
        await using Clone clone = await Clone.OpenAsync();
        clone.Local("config", $"http.{clone.Scene.GitHub.Url}/.extraheader", "AUTHORIZATION: basic b3RoZXI6b3RoZXI=");
        using PublishingServices services = clone.Scene.Services();
        await services.OpenRepositoryPreparer().PrepareAsync(GitIdentity.Default, fetchDepth: 1, clone.Scene.Environment);
        string config = await File.ReadAllTextAsync(Path.Combine(clone.Scene.Directory, ".git", "config"));
        Assert.DoesNotContain(Scene.Token, config, StringComparison.Ordinal);
        Assert.DoesNotContain("extraheader", config, StringComparison.Ordinal);
        Assert.Equal("Olivaw[bot]", clone.Local("config", "user.name"));
        // The helper gives git what the variable holds when git asks.
        Assert.Contains("\"$GITHUB_TOKEN\"", clone.Local("config", $"credential.{clone.Scene.GitHub.Url}.helper"), StringComparison.Ordinal);
        await services.OpenRepositoryPreparer().PrepareAsync(GitIdentity.Default, fetchDepth: 0, clone.Scene.Environment);
        Assert.Equal("false", clone.Local("rev-parse", "--is-shallow-repository"));
    }

    [Theory]
    [InlineData("/octocat/iris.git")]
    [InlineData("/octocat/iris")]
    [InlineData("/octocat/iris/")]
    public async Task Prepare_RemoteInAnySpelling_FetchesWithTheToken(string path)
    {
        await using Clone clone = await Clone.OpenAsync();
        clone.Local("remote", "set-url", "origin", clone.Scene.GitHub.Url + path);
        using PublishingServices services = clone.Scene.Services();
        await services.OpenRepositoryPreparer().PrepareAsync(GitIdentity.Default, fetchDepth: 1, clone.Scene.Environment);
        Assert.Equal(clone.Sha, clone.Local("rev-parse", "origin/main"));
    }

    private static void Change(Clone clone)
    {
        clone.Scene.Write("metrics.json", """{"accuracy":0.9}""");
        clone.Scene.Write("models/a b.bin", "x");
        clone.Scene.Write("src/train.py", "print()");
        File.Delete(Path.Combine(clone.Scene.Directory, "old.csv"));
    }

    private static async Task<PullRequest?> PublishAsync(Clone clone, PullRequestRequest request)
    {
        using PublishingServices services = clone.Scene.Services();
        return await services.OpenPullRequestPublisher().PublishAsync(request);
    }
}
