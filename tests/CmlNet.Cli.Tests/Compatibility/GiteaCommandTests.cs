using CmlNet.Testing.Gitea;

namespace CmlNet.Cli.Tests.Compatibility;

/// <summary>CML's commands in a job of Gitea's or Forgejo's Actions.</summary>
public sealed class GiteaCommandTests
{
    [Fact]
    public async Task Comment_Job_PrintsItsAddressAndCarriesItsPlot()
    {
        await using FakeGitea gitea = await FakeGitea.StartAsync("/git");
        using DropInRun run = DropInRun.On(gitea);
        run.Write("report.md", "# Accuracy\n![](plot.png)\n");
        run.WritePicture("plot.png");
        Assert.Equal(0, await run.CmlAsync("comment", "create", "report.md"));
        GiteaComment comment = Assert.Single(gitea.Repositories["o/r"].Comments);
        Assert.Equal($"{gitea.Url}/o/r/pulls/5#issuecomment-{comment.Id}\n", run.Output);
        Assert.StartsWith($"# Accuracy\n![]({gitea.Url}/attachments/", comment.Body, StringComparison.Ordinal);
        Assert.Equal(0, await run.CmlAsync("comment", "update", "report.md"));
        Assert.Single(Assert.Single(gitea.Repositories["o/r"].Comments).Attachments);
        Assert.Empty(gitea.Violations);
    }

    [Fact]
    public async Task Comment_WithSummary_ShowsNoNameOfAnAttachmentThere()
    {
        await using FakeGitea gitea = await FakeGitea.StartAsync();
        using DropInRun run = DropInRun.On(gitea);
        run.Write("report.md", "![](plot.png)\n");
        run.WritePicture("plot.png");
        run.Environment["GITHUB_STEP_SUMMARY"] = run.Write("summary.md", "");
        Assert.Equal(0, await run.CmlAsync("comment", "create", "report.md", "--to=comment,summary,status"));
        Assert.DoesNotContain("cml-attachment:", run.Read("summary.md"), StringComparison.Ordinal);
        Assert.Equal("success", gitea.Repositories["o/r"].Statuses[(DropInRun.Sha, "cml")]);
    }

    [Theory]
    [InlineData("show no comments on commits", "comment", "create", "report.md", "--target=commit")]
    [InlineData("does not support check runs", "check", "create", "report.md")]
    [InlineData("attaches files to comments only", "publish", "report.md", "--native")]
    [InlineData("does not support running workflows again", "workflow", "rerun", "--id=5")]
    [InlineData("does not support folding", "comment", "create", "report.md", "--hide-outdated")]
    public async Task Command_WhatGiteaLacks_IsSaidBeforeAnythingIsSent(string message, params string[] args)
    {
        await using FakeGitea gitea = await FakeGitea.StartAsync();
        using DropInRun run = DropInRun.On(gitea);
        run.Write("report.md", "one");
        Assert.Equal((1, ""), (await run.CmlAsync(args), run.Output));
        Assert.Contains(message, run.Error, StringComparison.Ordinal);
        Assert.DoesNotContain(gitea.Exchanges, e => e.Method != "GET");
    }

    [Fact]
    public async Task Doctor_NoPullRequest_SaysThatAReportHasNoPlace()
    {
        await using FakeGitea gitea = await FakeGitea.StartAsync();
        using DropInRun run = DropInRun.On(gitea);
        gitea.Repositories["o/r"].PullRequests.Clear();
        Assert.Equal(1, await run.CmlAsync("doctor"));
        Assert.Contains("speaks for olivaw", run.Output + run.Error, StringComparison.Ordinal);
        Assert.Contains("show no comments on commits", run.Output + run.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Pr_ChangedFile_BecomesAPullRequest()
    {
        await using FakeGitea gitea = await FakeGitea.StartAsync();
        using DropInRun run = DropInRun.On(gitea);
        gitea.Repositories["o/r"].BareDirectory = run.MakeClone(gitea.Url + "/o/r.git");
        run.Environment["FORGEJO_SHA"] = run.Git("rev-parse", "HEAD");
        run.Write("metrics.json", "{}");
        Assert.Equal((0, $"[CML's Pull Request]({gitea.Url}/o/r/pulls/6)\n"), (await run.CmlAsync("pr", "create", "metrics.json", "--md", "--rebase"), run.Output));
        GiteaPullRequest opened = gitea.Repositories["o/r"].PullRequests[1];
        Assert.Equal(("main", "rebase", true), (opened.Base, opened.Merge, opened.IsMerged));
        Assert.Empty(gitea.Violations);
    }

    [Theory]
    [InlineData("comment", "create", "report.md", "--target=pr/5")]
    [InlineData("comment", "update", "report.md", "--target=pr/5", "--to=comment,status")]
    public async Task Comment_Rehearsed_ShowsEveryRequestAndSendsNone(params string[] args)
    {
        await using FakeGitea gitea = await FakeGitea.StartAsync();
        using DropInRun run = DropInRun.On(gitea);
        run.WritePicture("plot.png");
        run.Write("report.md", "one ![a](plot.png)");
        Assert.Equal(0, await run.CmlAsync([.. args, "--dry-run"]));
        foreach (string told in (string[])["/issues/5/comments\n", "/assets?name=", "PATCH "])
            Assert.Contains(told, run.Output, StringComparison.Ordinal);
        Assert.DoesNotContain("forgejo-secret", run.Output + run.Error, StringComparison.Ordinal);
        Assert.DoesNotContain(gitea.Requests(), r => !r.StartsWith("GET ", StringComparison.Ordinal));
    }
}
