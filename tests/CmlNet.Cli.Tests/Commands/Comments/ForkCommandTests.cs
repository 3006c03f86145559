using CmlNet.Cli.Tests.Compatibility;
using CmlNet.Testing.GitHub;
using CmlNet.Testing.GitHub.State;

namespace CmlNet.Cli.Tests.Commands.Comments;

/// <summary>The two jobs of a pull request from a fork: one that may read only, and one that posts what the first left.</summary>
public sealed class ForkCommandTests
{
    private const string ForkEvent = """{"pull_request":{"number":5,"head":{"sha":"SHA","ref":"feature","repo":{"full_name":"mona/r","owner":{"login":"mona"}}},"base":{"repo":{"full_name":"o/r"}}}}""";
    private const string RunEvent = """{"workflow_run":{"head_sha":"SHA","head_branch":"feature","head_repository":{"owner":{"login":"mona"}},"pull_requests":[]}}""";

    [Fact]
    public async Task Create_TokenMayReadOnly_LeavesABundleThatAnotherJobPosts()
    {
        await using FakeGitHub gitHub = await FakeGitHub.StartAsync();
        using DropInRun first = ReadOnly(gitHub);
        first.Environment["GITHUB_STEP_SUMMARY"] = first.Write("summary.md", "");
        first.WritePicture("plot.png");
        first.Write("report.md", "# 0.9\n\n![a](plot.png) thanks @mona\n");
        Assert.Equal((0, ""), (await first.CmlAsync("comment", "create", "report.md", "--to=comment,check"), first.Output));
        Assert.Contains("for a workflow_run job to post", first.Error, StringComparison.Ordinal);
        Assert.StartsWith("# 0.9\n", first.Read("summary.md"), StringComparison.Ordinal);
        Assert.Empty(gitHub.Repositories["o/r"].Comments);

        using DropInRun second = Trusted(gitHub);
        string bundle = Path.Combine(first.Directory, "cml-report");
        Assert.Equal(0, await second.CmlAsync("comment", "update", "--from-bundle", bundle, "--to=comment,check"));
        FakeComment comment = Assert.Single(gitHub.Repositories["o/r"].Comments);
        Assert.Equal(5, comment.Issue);
        Assert.Matches("^# 0.9\n\n!\\[a\\]\\(https?://[^)]+\\) thanks @\u200Bmona\n", comment.Body);
        Assert.Contains($"#{DropInRun.Sha} ", comment.Body, StringComparison.Ordinal);
        Assert.Equal(DropInRun.Sha, Assert.Single(gitHub.Repositories["o/r"].CheckRuns).HeadSha);
        Assert.Equal(0, await second.CmlAsync("comment", "update", "--from-bundle", bundle));
        Assert.Single(gitHub.Repositories["o/r"].Comments);
        // With the pull request's other images, where they are found when it is closed.
        Assert.Equal(["refs/cml/pr-5"], gitHub.Repositories["o/r"].Git.References.Keys);
    }

    [Fact]
    public async Task Create_SeveralReportsOfOneJob_AreAllPosted()
    {
        await using FakeGitHub gitHub = await FakeGitHub.StartAsync();
        using DropInRun first = ReadOnly(gitHub);
        first.Write("a.md", "the metrics\n");
        first.Write("b.md", "the plots\n");
        Assert.Equal(0, await first.CmlAsync("comment", "update", "a.md", "--watermark-title=metrics"));
        Assert.Equal(0, await first.CmlAsync("comment", "update", "b.md", "--watermark-title=plots"));
        using DropInRun second = Trusted(gitHub);
        gitHub.Repositories["o/r"].AddComment(5, "not the stranger's\n\n![](https://cml.dev/watermark.png#0 \"CML watermark plots\")", "github-actions[bot]");
        for (int round = 0; round < 2; round++)
        {
            Assert.Equal(0, await second.CmlAsync("comment", "update", "--from-bundle", Path.Combine(first.Directory, "cml-report"), "--to=comment,status"));
            Assert.Equal(["not the stranger's", "the metrics", "the plots"], gitHub.Repositories["o/r"].Comments.Select(c => c.Body.Split('\n')[0]));
        }

        Assert.Equal(["cml", "cml (2)"], gitHub.Repositories["o/r"].Statuses.Select(s => s.Context).Distinct());
    }

    [Fact]
    public async Task Create_FromBundleOnANamedPullRequest_KeepsThePicturesWithIt()
    {
        await using FakeGitHub gitHub = await FakeGitHub.StartAsync();
        using DropInRun first = ReadOnly(gitHub);
        first.WritePicture("plot.png");
        first.Write("report.md", "![a](plot.png)\n");
        Assert.Equal(0, await first.CmlAsync("comment", "create", "report.md"));
        using DropInRun second = Trusted(gitHub);
        Assert.Equal(0, await second.CmlAsync("comment", "create", "--from-bundle", Path.Combine(first.Directory, "cml-report"), "--target=pr/5"));
        Assert.Equal(["refs/cml/pr-5"], gitHub.Repositories["o/r"].Git.References.Keys);
    }

    [Fact]
    public async Task Create_FromBundleOfAnotherCommit_IsRefused()
    {
        await using FakeGitHub gitHub = await FakeGitHub.StartAsync();
        using DropInRun first = ReadOnly(gitHub);
        first.Write("report.md", "x");
        Assert.Equal(0, await first.CmlAsync("comment", "create", "report.md"));
        using DropInRun second = Trusted(gitHub, sha: new string('2', 40));
        Assert.Equal((1, ""), (await second.CmlAsync("comment", "create", "--from-bundle", Path.Combine(first.Directory, "cml-report")), second.Output));
        Assert.Contains("it is not posted", second.Error, StringComparison.Ordinal);
        Assert.Equal(1, await second.CmlAsync("comment", "create", "--from-bundle", Path.Combine(first.Directory, "cml-report"), "--target=pr/5", "--to=comment,check,status"));
        Assert.Empty(gitHub.Repositories["o/r"].Comments);
        Assert.Empty(gitHub.Repositories["o/r"].CheckRuns);
        Assert.Empty(gitHub.Repositories["o/r"].Statuses);
    }

    [Fact]
    public async Task Create_PullRequestHasMovedOn_PostsNothingAndSucceeds()
    {
        await using FakeGitHub gitHub = await FakeGitHub.StartAsync();
        using DropInRun first = ReadOnly(gitHub);
        first.Write("report.md", "x");
        Assert.Equal(0, await first.CmlAsync("comment", "create", "report.md"));
        using DropInRun second = Trusted(gitHub);
        gitHub.Repositories["o/r"].PullRequests[0].HeadSha = new string('3', 40);
        Assert.Equal((0, ""), (await second.CmlAsync("comment", "create", "--from-bundle", Path.Combine(first.Directory, "cml-report")), second.Output));
        Assert.Contains("out of date", second.Error, StringComparison.Ordinal);
        Assert.Empty(gitHub.Repositories["o/r"].Comments);
    }

    [Fact]
    public async Task Create_OwnBranchWithoutPermission_IsAFailureThatNamesIt()
    {
        await using FakeGitHub gitHub = await FakeGitHub.StartAsync();
        using DropInRun run = ReadOnly(gitHub);
        run.Write("event.json", ForkEvent.Replace("mona/r", "o/r", StringComparison.Ordinal).Replace("SHA", DropInRun.Sha, StringComparison.Ordinal));
        run.Write("report.md", "x");
        Assert.Equal(1, await run.CmlAsync("comment", "create", "report.md"));
        Assert.Contains("permissions:\\n  pull-requests: write", run.Error, StringComparison.Ordinal);
        Assert.False(Directory.Exists(Path.Combine(run.Directory, "cml-report")));
    }

    [Theory]
    [InlineData("neither name a file", "report.md", "--from-bundle=x")]
    [InlineData("'manifest.json': there is no such file", "--from-bundle=x")]
    public async Task Create_FromBundleBadly_SaysWhatIsWrong(string message, params string[] args)
    {
        using DropInRun run = DropInRun.Local();
        Assert.Equal(1, await run.CmlAsync(["comment", "create", .. args]));
        Assert.Contains(message, run.Error, StringComparison.Ordinal);
    }

    private static DropInRun ReadOnly(FakeGitHub gitHub)
    {
        DropInRun run = DropInRun.On(gitHub);
        gitHub.Tokens["ghs_secret"] = new FakeToken { Login = "github-actions[bot]", Permissions = new Dictionary<string, string>(StringComparer.Ordinal) { ["contents"] = "read", ["pull-requests"] = "read" } };
        run.Environment["GITHUB_EVENT_NAME"] = "pull_request";
        run.Environment["GITHUB_EVENT_PATH"] = run.Write("event.json", ForkEvent.Replace("SHA", DropInRun.Sha, StringComparison.Ordinal));
        return run;
    }

    private static DropInRun Trusted(FakeGitHub gitHub, string sha = DropInRun.Sha)
    {
        gitHub.Tokens["ghs_other"] = new FakeToken { Login = "github-actions[bot]" };
        var run = new DropInRun();
        foreach ((string name, string value) in new[] { ("GITHUB_SERVER_URL", gitHub.Url), ("GITHUB_API_URL", gitHub.ApiUrl), ("GITHUB_REPOSITORY", "o/r"), ("GITHUB_SHA", new string('9', 40)), ("GITHUB_TOKEN", "ghs_other"), ("GITHUB_EVENT_NAME", "workflow_run") })
            run.Environment[name] = value;
        run.Environment["GITHUB_EVENT_PATH"] = run.Write("event.json", RunEvent.Replace("SHA", sha, StringComparison.Ordinal));
        return run;
    }
}
