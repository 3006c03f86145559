using System.Diagnostics;
using CmlNet.Cli.Tests.Compatibility;
using CmlNet.Testing.GitHub;
using CmlNet.Testing.GitHub.State;

namespace CmlNet.Cli.Tests.Commands.PullRequests;

public sealed class PullRequestCommandTests
{
    [Theory]
    [InlineData("pr", ".")]
    [InlineData("pr", "create", ".")]
    [InlineData("pr", "create", "--md", "--auto-merge", "*.json", "data/**")]
    [InlineData("pr", "--skip-ci", "--user-name=x", "--targetBranch", "main", "metrics.json")]
    public async Task Pr_NothingChanged_PrintsNothing(params string[] args)
    {
        await using FakeGitHub gitHub = await FakeGitHub.StartAsync();
        using DropInRun run = Clone(gitHub);
        Assert.Equal((0, ""), (await run.CmlAsync(args), run.Output));
        Assert.Equal("{\"level\":\"warn\",\"message\":\"No changed files matched by glob path. Nothing to do.\"}\n", run.Error);
    }

    [Fact]
    public async Task Pr_BranchAlreadyPushed_PrintsThePullRequestThereIs()
    {
        await using FakeGitHub gitHub = await FakeGitHub.StartAsync();
        using DropInRun run = Clone(gitHub);
        string bare = Path.Combine(run.Directory, ".git", "bare");
        Git(run.Directory, "init", "--bare", bare);
        Git(run.Directory, "push", bare, "HEAD:main", "HEAD:results");
        gitHub.Repositories["o/r"].BareDirectory = bare;
        gitHub.Repositories["o/r"].AddPullRequest(9, DropInRun.Sha, "results");
        run.Write("metrics.json", "{}");
        run.Environment["GITHUB_REF"] = "refs/heads/main";
        run.Environment["CML_PR_BRANCH"] = "results";
        Assert.Equal((0, $"[CML's Pull Request]({gitHub.Url}/o/r/pull/9)\n"), (await run.CmlAsync("pr", "create", "metrics.json", "--md"), run.Output));
        Assert.Contains("Branch results already exists", run.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Pr_DryRun_TellsEverythingAndChangesNothing()
    {
        await using FakeGitHub gitHub = await FakeGitHub.StartAsync();
        using DropInRun run = Clone(gitHub);
        string bare = Path.Combine(run.Directory, ".git", "bare");
        Git(run.Directory, "init", "--bare", bare);
        Git(run.Directory, "push", bare, "HEAD:main");
        gitHub.Repositories["o/r"].BareDirectory = bare;
        run.Environment["GITHUB_SHA"] = run.Git("rev-parse", "HEAD");
        run.Environment["GITHUB_REF"] = "refs/heads/main";
        run.Write("metrics 1.json", "{}");
        string config = run.Read(".git/config");
        Assert.Equal(0, await run.CmlAsync("pr", "create", ".", "--title=ghs_secret in a title", "--squash", "--dry-run"));
        string source = "main-cml-pr-" + run.Environment["GITHUB_SHA"][..8];
        foreach (string told in new[] { "RUN git config user.name 'Olivaw[bot]'", $"RUN git checkout -B {source} --", "--pathspec-from-file=-", "\nmetrics 1.json\n", "RUN git commit --message 'CML PR for ", $"HEAD:refs/heads/{source}", $"POST {gitHub.ApiUrl}/repos/o/r/pulls\nAuthorization: ***", "\"title\":\"*** in a title\"", "enablePullRequestAutoMerge", "SQUASH" })
            Assert.Contains(told, run.Output, StringComparison.Ordinal);
        Assert.DoesNotContain("ghs_secret", run.Output, StringComparison.Ordinal);
        Assert.Equal(config, run.Read(".git/config"));
        Assert.Equal("main", run.Git("rev-parse", "--abbrev-ref", "HEAD"));
        Assert.Equal("main", run.Git("-C", bare, "for-each-ref", "--format=%(refname:short)"));
        Assert.DoesNotContain(gitHub.Requests(), r => r.StartsWith("POST /api", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("Not enough non-option arguments", "pr")]
    [InlineData("Arguments merge and squash are mutually exclusive", "pr", "create", ".", "--merge", "--squash")]
    [InlineData("--fetch-depth=x is not a number of commits", "ci", "--fetch-depth=x")]
    [InlineData("is not the number of a workflow run", "workflow", "rerun", "--id=abc")]
    [InlineData("the workflow run is not known", "rerun-workflow")]
    public async Task Command_BadUsage_SaysWhyAndAnswersOne(string message, params string[] args)
    {
        await using FakeGitHub gitHub = await FakeGitHub.StartAsync();
        using DropInRun run = Clone(gitHub);
        Assert.Equal((1, ""), (await run.CmlAsync(args), run.Output));
        Assert.Contains(message, run.Error, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("repo", "prepare")]
    [InlineData("ci", "--unshallow")]
    [InlineData("ci", "--fetchDepth=0", "--user-email", "a@b.c")]
    public async Task Prepare_Clone_SaysNothingAndWritesNoToken(params string[] args)
    {
        await using FakeGitHub gitHub = await FakeGitHub.StartAsync();
        using DropInRun run = Clone(gitHub);
        Assert.Equal((0, "", ""), (await run.CmlAsync(args), run.Output, run.Error));
        string config = run.Read(".git/config");
        Assert.Contains("Olivaw[bot]", config, StringComparison.Ordinal);
        Assert.DoesNotContain("ghs_secret", config, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Rerun_ThisRun_IsRunAgain()
    {
        await using FakeGitHub gitHub = await FakeGitHub.StartAsync();
        using DropInRun run = Clone(gitHub);
        var started = new FakeRun { Id = 31 };
        gitHub.Repositories["o/r"].Runs.Add(started);
        run.Environment["GITHUB_RUN_ID"] = "31";
        Assert.Equal((0, "", 2), (await run.CmlAsync("workflow", "rerun"), run.Output, started.Attempt));
    }

    [Fact]
    public async Task Rerun_DryRun_TellsBothRequestsAndSendsNone()
    {
        await using FakeGitHub gitHub = await FakeGitHub.StartAsync();
        using DropInRun run = Clone(gitHub);
        var started = new FakeRun { Id = 31, Status = "in_progress" };
        gitHub.Repositories["o/r"].Runs.Add(started);
        Assert.Equal(0, await run.CmlAsync("workflow", "rerun", "--id=31", "--dry-run"));
        string[] told = [.. run.Output.Split('\n').Where(line => line.StartsWith("POST ", StringComparison.Ordinal))];
        Assert.Equal([$"POST {gitHub.ApiUrl}/repos/o/r/actions/runs/31/cancel", $"POST {gitHub.ApiUrl}/repos/o/r/actions/runs/31/rerun"], told);
        Assert.Equal((1, "in_progress"), (started.Attempt, started.Status));
        Assert.DoesNotContain(gitHub.Requests(), r => !r.StartsWith("GET ", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData(0, "doctor")]
    [InlineData(1, "tensorboard", "connect", "-c", "x")]
    [InlineData(1, "tensorboard-dev")]
    [InlineData(0, "asset", "prune")]
    [InlineData(0, "repo", "prepare")]
    [InlineData(0, "ci", "--fetch-depth=0")]
    public async Task Command_DryRun_ChangesNothing(int exitCode, params string[] args)
    {
        await using FakeGitHub gitHub = await FakeGitHub.StartAsync();
        using DropInRun run = Clone(gitHub);
        string config = run.Read(".git/config");
        Assert.Equal(exitCode, await run.CmlAsync([.. args, "--dry-run"]));
        Assert.DoesNotContain("ghs_secret", run.Output + run.Error, StringComparison.Ordinal);
        Assert.Equal(config, run.Read(".git/config"));
        Assert.DoesNotContain(gitHub.Requests(), r => !r.StartsWith("GET ", StringComparison.Ordinal) && r != "POST /api/graphql");
    }

    [Fact]
    public async Task Comment_RecreatedThenDeleted_LeavesNone()
    {
        await using FakeGitHub gitHub = await FakeGitHub.StartAsync();
        using DropInRun run = Clone(gitHub);
        run.Write("report.md", "one");
        Assert.Equal(0, await run.CmlAsync("comment", "create", "report.md", "--target=pr/5"));
        Assert.Equal(0, await run.CmlAsync("comment", "create", "report.md", "--target=pr/5", "--recreate"));
        Assert.Single(gitHub.Repositories["o/r"].Comments);
        Assert.Equal((0, ""), (await run.CmlAsync("comment", "update", "--delete", "--target=pr/5"), run.Output));
        Assert.Empty(gitHub.Repositories["o/r"].Comments);
    }

    private static DropInRun Clone(FakeGitHub gitHub)
    {
        DropInRun run = DropInRun.On(gitHub);
        Git(run.Directory, "init", "--initial-branch=main", ".");
        Git(run.Directory, "-c", "user.name=mona", "-c", "user.email=m@example.com", "commit", "--allow-empty", "-m", "first");
        Git(run.Directory, "remote", "add", "origin", gitHub.Url + "/o/r");
        return run;
    }

    private static void Git(string directory, params string[] arguments)
    {
        using Process process = Process.Start(new ProcessStartInfo("git", arguments) { WorkingDirectory = directory, UseShellExecute = false, RedirectStandardOutput = true, RedirectStandardError = true })!;
        process.StandardOutput.ReadToEnd();
        process.WaitForExit();
        Assert.Equal(0, process.ExitCode);
    }
}
