using CmlNet.Cli.Tests.Compatibility;
using CmlNet.Publishing.CodeHosts.Local;
using CmlNet.Testing.GitHub;

namespace CmlNet.Cli.Tests.Commands.Checks;

public sealed class CheckCommandTests
{
    [Theory]
    [InlineData("check", "create", "report.md")]
    [InlineData("send-github-check", "report.md")]
    public async Task Create_LocalHost_PrintsNothing(params string[] args)
    {
        using DropInRun run = DropInRun.Local();
        run.Write("report.md", "# ok\n");
        Assert.Equal((0, ""), (await run.CmlAsync([.. args, "--title=Gate", "--conclusion=failure", "--headSha=abc"]), run.Output));
        LocalCheck check = Assert.Single(LocalHostStore.ReadChecks(run.Environment["CML_LOCAL_HOST"]));
        Assert.Equal(("Gate", "failure", "abc", "# ok\n"), (check.Title, check.Conclusion, check.HeadSha, check.Summary));
    }

    [Fact]
    public async Task Create_OnGitHub_IsOnTheTriggeringCommit()
    {
        await using FakeGitHub gitHub = await FakeGitHub.StartAsync();
        using DropInRun run = DropInRun.On(gitHub);
        run.Write("report.md", "# ok\n");
        Assert.Equal((0, "", ""), (await run.CmlAsync("check", "create", "report.md"), run.Output, run.Error));
        Assert.Equal((DropInRun.Sha, "success"), (gitHub.Repositories["o/r"].CheckRuns[0].HeadSha, gitHub.Repositories["o/r"].CheckRuns[0].Conclusion));
    }

    [Fact]
    public async Task Create_OtherToken_WarnsAsAWorkflowCommand()
    {
        await using FakeGitHub gitHub = await FakeGitHub.StartAsync();
        using DropInRun run = DropInRun.On(gitHub);
        gitHub.Tokens["other-token"] = gitHub.Tokens["ghs_secret"];
        run.Environment["REPO_TOKEN"] = "other-token";
        run.Write("report.md", "# ok\n");
        Assert.Equal(0, await run.CmlAsync("check", "create", "report.md"));
        Assert.StartsWith("::warning::", run.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Create_UnknownConclusion_NamesTheChoices()
    {
        using DropInRun run = DropInRun.Local();
        run.Write("report.md", "x");
        Assert.Equal((1, ""), (await run.CmlAsync("check", "create", "report.md", "--conclusion=stale"), run.Output));
        Assert.Contains("'timed_out'", run.Error, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("tensorboard", "connect", "--credentials=x", "--md")]
    [InlineData("tensorboard-dev", "-c", "x")]
    public async Task Tensorboard_AnyUse_SaysTheSiteIsGone(params string[] args)
    {
        using DropInRun run = DropInRun.Local();
        Assert.Equal((1, ""), (await run.CmlAsync(args), run.Output));
        Assert.Contains("TensorBoard.dev has been shut down as of January 1, 2024", run.Error, StringComparison.Ordinal);
    }
}
