using CmlNet.Testing.GitLab;

namespace CmlNet.Cli.Tests.Compatibility;

/// <summary>CML's commands in a job on GitLab.</summary>
public sealed class GitLabCommandTests
{
    [Theory]
    [InlineData("comment", "create", "report.md", "--driver", "gitlab")]
    [InlineData("comment", "create", "report.md", "--target=pr/5")]
    [InlineData("send-comment", "--driver=gitlab", "report.md")]
    public async Task Comment_Job_PrintsTheNotesAddress(params string[] args)
    {
        await using FakeGitLab gitLab = await FakeGitLab.StartAsync("/git/lab");
        using DropInRun run = DropInRun.On(gitLab);
        run.Write("report.md", "# Accuracy\n![](plot.png)\n");
        run.WritePicture("plot.png");
        Assert.Equal(0, await run.CmlAsync(args));
        GitLabNote note = Assert.Single(gitLab.Projects["g/s/r"].Notes);
        Assert.Equal($"{gitLab.Url}/g/s/r/-/merge_requests/5#note_{note.Id}\n", run.Output);
        Assert.StartsWith("# Accuracy\n![](/uploads/", note.Body, StringComparison.Ordinal);
        Assert.DoesNotContain("glpat-secret", run.Error, StringComparison.Ordinal);
        Assert.Empty(gitLab.Violations);
    }

    [Fact]
    public async Task Comment_Updated_StaysOne()
    {
        await using FakeGitLab gitLab = await FakeGitLab.StartAsync();
        using DropInRun run = DropInRun.On(gitLab);
        run.Environment["CI_PIPELINE_ID"] = "31";
        run.Write("report.md", "one");
        Assert.Equal(0, await run.CmlAsync("comment", "create", "report.md", "--watermark-title={workflow}"));
        run.Write("report.md", "two");
        Assert.Equal(0, await run.CmlAsync("comment", "update", "report.md", "--watermark-title={workflow}"));
        GitLabNote note = Assert.Single(gitLab.Projects["g/s/r"].Notes);
        Assert.StartsWith("two\n\n![](https://cml.dev/watermark.png#" + DropInRun.Sha + " \"CML watermark 31\")", note.Body, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("--target=commit")]
    [InlineData("--target=pr/5")]
    [InlineData("--target=pr/5", "--update")]
    [InlineData("--target=pr/5", "--recreate", "--to=comment,status")]
    public async Task Comment_Rehearsed_ShowsTheRequestWithoutTheToken(params string[] args)
    {
        await using FakeGitLab gitLab = await FakeGitLab.StartAsync();
        using DropInRun run = DropInRun.On(gitLab);
        run.WritePicture("plot.png");
        run.Write("report.md", "one ![a](plot.png)");
        Assert.Equal(0, await run.CmlAsync(["comment", "create", "report.md", "--dry-run", .. args]));
        Assert.Contains("/uploads\n", run.Output, StringComparison.Ordinal);
        Assert.DoesNotContain(gitLab.Requests(), r => !r.StartsWith("GET ", StringComparison.Ordinal));
        Assert.Contains("PRIVATE-TOKEN: ***", run.Output, StringComparison.Ordinal);
        Assert.DoesNotContain("glpat-secret", run.Output + run.Error, StringComparison.Ordinal);
        Assert.Empty(gitLab.Projects["g/s/r"].Notes);
    }

    [Theory]
    [InlineData(@"^/uploads/\w+/plot\.png\n$", "publish", "plot.png", "--native")]
    [InlineData(@"^/uploads/\w+/plot\.png\n$", "publish", "plot.png", "--gitlab-uploads")]
    [InlineData("^!\\[\\]\\(/uploads/\\w+/plot\\.png \"Loss\"\\)\n$", "asset", "publish", "plot.png", "--md", "-t", "Loss")]
    public async Task Publish_File_IsAmongGitLabsUploads(string output, params string[] args)
    {
        await using FakeGitLab gitLab = await FakeGitLab.StartAsync();
        using DropInRun run = DropInRun.On(gitLab);
        run.WritePicture("plot.png");
        Assert.Equal(0, await run.CmlAsync(args));
        Assert.Matches(output, run.Output);
        Assert.Equal("image/png", Assert.Single(gitLab.Projects["g/s/r"].Uploads).MediaType);
    }

    [Theory]
    [InlineData("check", "create", "report.md")]
    [InlineData("send-github-check", "report.md", "--driver=gitlab")]
    [InlineData("comment", "create", "report.md", "--to=comment,check")]
    public async Task Check_OnGitLab_IsRefusedBeforeAnythingIsSent(params string[] args)
    {
        await using FakeGitLab gitLab = await FakeGitLab.StartAsync();
        using DropInRun run = DropInRun.On(gitLab);
        run.Write("report.md", "![](plot.png)");
        run.WritePicture("plot.png");
        Assert.Equal((1, ""), (await run.CmlAsync(args), run.Output));
        Assert.Contains("the code host 'gitlab' does not support check runs; 'cml comment create --to=comment,status' shows a commit status instead", run.Error.Replace("\\u0027", "'", StringComparison.Ordinal), StringComparison.Ordinal);
        Assert.Empty(gitLab.Exchanges);
    }

    [Fact]
    public async Task Comment_ToStatusToo_SetsIt()
    {
        await using FakeGitLab gitLab = await FakeGitLab.StartAsync();
        using DropInRun run = DropInRun.On(gitLab);
        run.Write("report.md", "# Accuracy 0.9\n");
        Assert.Equal(0, await run.CmlAsync("comment", "create", "report.md", "--to=comment,status", "--check-conclusion=failure"));
        Assert.Equal(("failed", "Accuracy 0.9"), gitLab.Projects["g/s/r"].Statuses[(DropInRun.Sha, "cml")]);
        Assert.Single(gitLab.Projects["g/s/r"].Notes);
    }

    [Fact]
    public async Task Pr_ChangedFile_BecomesAMergeRequestThatMergesItself()
    {
        await using FakeGitLab gitLab = await FakeGitLab.StartAsync();
        using DropInRun run = Clone(gitLab);
        gitLab.NextPipeline = "running";
        run.Write("metrics.json", "{}");
        Assert.Equal((0, $"[CML's Merge Request]({gitLab.Url}/g/s/r/-/merge_requests/6)\n"), (await run.CmlAsync("pr", "create", "metrics.json", "--md", "--squash", "--skip-ci"), run.Output));
        GitLabMergeRequest opened = gitLab.Projects["g/s/r"].MergeRequests[1];
        Assert.Equal(("main", true, "opened"), (opened.Target, opened.IsAutoMerged, opened.State));
        Assert.EndsWith(" [skip ci]", opened.Title, StringComparison.Ordinal);
        Assert.Equal("metrics.json", run.Git("--git-dir", gitLab.Projects["g/s/r"].BareDirectory!, "diff", "--name-only", "main", opened.Source));
        Assert.DoesNotContain("glpat-secret", run.Read(".git/config"), StringComparison.Ordinal);
        Assert.Empty(gitLab.Violations);
    }

    [Fact]
    public async Task Pr_ToBeRebased_IsRefusedBeforeAnythingIsPushed()
    {
        await using FakeGitLab gitLab = await FakeGitLab.StartAsync();
        using DropInRun run = Clone(gitLab);
        run.Write("metrics.json", "{}");
        Assert.Equal((1, ""), (await run.CmlAsync("pr", "create", "metrics.json", "--rebase"), run.Output));
        Assert.Contains("use --merge or --squash", run.Error, StringComparison.Ordinal);
        Assert.Empty(gitLab.Exchanges);
        Assert.Equal("main", run.Git("--git-dir", gitLab.Projects["g/s/r"].BareDirectory!, "branch", "--format=%(refname:short)"));
    }

    [Fact]
    public async Task Rerun_ThisPipeline_IsRetried()
    {
        await using FakeGitLab gitLab = await FakeGitLab.StartAsync();
        using DropInRun run = DropInRun.On(gitLab);
        gitLab.Projects["g/s/r"].Pipelines[31] = "failed";
        run.Environment["CI_PIPELINE_ID"] = "31";
        run.Environment["CI_JOB_ID"] = "32";
        Assert.Equal((0, "", "running"), (await run.CmlAsync("workflow", "rerun"), run.Output, gitLab.Projects["g/s/r"].Pipelines[31]));
    }

    [Fact]
    public async Task Doctor_Job_TellsWhatItSeesAndChangesNothing()
    {
        await using FakeGitLab gitLab = await FakeGitLab.StartAsync();
        using DropInRun run = DropInRun.On(gitLab);
        Assert.Equal(0, await run.CmlAsync("doctor"));
        foreach (string line in (string[])[$"gitlab, API at {gitLab.Url}/api/v4/", "speaks for olivaw", "would go to pr/5, at most 990000 bytes", "would go to the store 'uploads'"])
            Assert.Contains(line, run.Output + run.Error, StringComparison.Ordinal);
        Assert.DoesNotContain("glpat-secret", run.Output + run.Error, StringComparison.Ordinal);
        Assert.DoesNotContain(gitLab.Exchanges, e => e.Method != "GET");
    }

    private static DropInRun Clone(FakeGitLab gitLab)
    {
        DropInRun run = DropInRun.On(gitLab);
        gitLab.Projects["g/s/r"].BareDirectory = run.MakeClone(gitLab.Url + "/g/s/r.git");
        run.Environment["CI_COMMIT_SHA"] = run.Git("rev-parse", "HEAD");
        return run;
    }
}
