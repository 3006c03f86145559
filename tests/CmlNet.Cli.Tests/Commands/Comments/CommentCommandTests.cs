using CmlNet.Cli.Tests.Compatibility;
using CmlNet.Publishing.CodeHosts.Local;
using CmlNet.Testing.GitHub;

namespace CmlNet.Cli.Tests.Commands.Comments;

public sealed class CommentCommandTests
{
    [Theory]
    [InlineData("Failed to parse comment --target=\\\"nonsense\\\"", "--target=nonsense")]
    [InlineData("unsupported comment target", "--target=foo/1")]
    [InlineData("watermarks are mandatory", "--update", "--rm-watermark")]
    public async Task Create_CannotBeMeant_IsToldBeforeAnythingIsPublished(string message, params string[] args)
    {
        using DropInRun run = DropInRun.Local();
        run.WritePicture("plot.png");
        run.Write("report.md", "![a](plot.png)");
        Assert.Equal(1, await run.CmlAsync(["comment", "create", "report.md", .. args]));
        Assert.Contains(message, run.Error, StringComparison.Ordinal);
        Assert.False(Directory.Exists(run.Environment["CML_LOCAL_HOST"]));
    }

    [Theory]
    [InlineData("comment", "create", "report.md")]
    [InlineData("comment", "create", "--pr", "--publish", "report.md")]
    [InlineData("comment", "create", "--publish=true", "report.md", "--target=pr/5")]
    [InlineData("comment", "create", "--publish", "true", "--target", "pr/5", "report.md")]
    [InlineData("comment", "create", "report.md", "--publishUrl", "http://127.0.0.1:1/")]
    [InlineData("comment", "create", "report.md", "--head-sha", "abc")]
    [InlineData("comment", "create", "report.md", "--commitSha=abc")]
    [InlineData("comment", "create", "report.md", "--rm-watermark")]
    [InlineData("comment", "update", "report.md", "--watermark-title=my_title", "--token=abcdef")]
    [InlineData("comment", "create", "report.md", "--log=debug", "--no-publish")]
    [InlineData("send-comment", "report.md", "--update")]
    public async Task Comment_SpellingsCmlTakes_PrintTheAddressOnly(params string[] args)
    {
        using DropInRun run = DropInRun.Local();
        run.Write("report.md", "# hi\n");
        Assert.Equal((0, "comments/1.md\n"), (await run.CmlAsync(args), run.Output));
        Assert.Single(LocalHostStore.ReadComments(run.Environment["CML_LOCAL_HOST"]));
    }

    [Theory]
    [InlineData("Arguments pr and target are mutually exclusive", "report.md", "--pr", "--target=pr/5")]
    [InlineData("Arguments pr and commit-sha are mutually exclusive", "report.md", "--pr", "--head-sha=abc")]
    [InlineData("Arguments target and commit-sha are mutually exclusive", "report.md", "--target=pr", "--commit-sha=abc")]
    [InlineData("Arguments rm-watermark and watermark-title are mutually exclusive", "report.md", "--rm-watermark", "--watermark-title=x")]
    [InlineData("watermarks are mandatory for updatable comments", "report.md", "--update", "--rm-watermark")]
    [InlineData("Github does not support publish!", "report.md", "--publish-native")]
    [InlineData("cannot read the report 'nope.md': there is no such file", "nope.md")]
    [InlineData("cannot read the report 'b.md': there is no such file", "report.md", "b.md")]
    [InlineData("Unrecognized command or argument '--nope'", "report.md", "--nope")]
    [InlineData("Required argument 'markdown file' missing")]
    public async Task Create_BadUsage_SaysWhyAndAnswersOne(string message, params string[] args)
    {
        using DropInRun run = DropInRun.Local();
        run.Write("report.md", "# hi\n");
        Assert.Equal((1, ""), (await run.CmlAsync(["comment", "create", .. args]), run.Output));
        Assert.Contains(message, run.Error, StringComparison.Ordinal);
        Assert.DoesNotContain("   at ", run.Error, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("Arguments pr and target are mutually exclusive", "comment", "create", "report.md", "--pr", "--target=pr/5")]
    [InlineData("Required argument 'markdown file' missing: name the report to post", "comment", "create")]
    [InlineData("Arguments merge and squash are mutually exclusive", "pr", "create", "--merge", "--squash")]
    [InlineData("Not enough non-option arguments: name the files to commit, or use 'cml pr create'", "pr")]
    public async Task Command_CannotBeMeant_ShowsItsHelpAndThenWhy(string message, params string[] args)
    {
        using DropInRun run = DropInRun.Local();
        Assert.Equal((1, ""), (await run.CmlAsync(args), run.Output));
        Assert.StartsWith("Description:\n", run.Error, StringComparison.Ordinal);
        Assert.Matches("\nUsage:\n  \\S+ " + args[0], run.Error);
        Assert.EndsWith($"\n\n{message}\n", run.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Create_Log_IsJsonLinesWithSortedKeys()
    {
        using DropInRun run = DropInRun.Local();
        run.Write("report.md", "![a](/etc/hostname)");
        run.Environment["CML_COMMENT_FOO"] = "1";
        await run.CmlAsync("send-comment", "report.md", "--head-sha=abc");
        Assert.Equal(
            """
            {"level":"warn","message":"CML_COMMENT_FOO is set, and \"cml send-comment\" has no such option; it is ignored"}
            {"level":"warn","message":"\"cml send-comment\" is deprecated, please use \"cml comment create\""}
            {"level":"warn","message":"Deprecation warning: use --target=\"commit/<sha>\" instead of --commit-sha=<sha>"}
            {"level":"warn","message":"'/etc/hostname' is not published: it is '/etc/hostname', outside the repository and the report's directory"}
            {"level":"info","message":"created comment comments/1.md"}

            """,
            run.Error);
    }

    [Theory]
    [InlineData("CML_COMMENT_TARGET", "pr/7", "pr/7")]
    [InlineData("CML_SEND_COMMENT_TARGET", "issue/7", "issue/7")]
    [InlineData("CML_COMMENT_COMMIT_SHA", "abc", "commit/abc")]
    [InlineData("CML_COMMENT_HEAD_SHA", "abc", "commit/abc")]
    public async Task Create_Environment_FillsInForOptions(string name, string value, string target)
    {
        using DropInRun run = DropInRun.Local();
        run.Write("report.md", "x");
        run.Environment[name] = value;
        Assert.Equal(0, await run.CmlAsync("comment", "create", "report.md"));
        Assert.Equal(target, Assert.Single(LocalHostStore.ReadComments(run.Environment["CML_LOCAL_HOST"])).Target);
    }

    [Fact]
    public async Task Create_Dash_IsStandardInput()
    {
        using DropInRun run = DropInRun.Local();
        run.WritePicture("plot.png");
        run.Input = "![a](plot.png)";
        Assert.Equal(0, await run.CmlAsync("comment", "create", "-"));
        Assert.StartsWith("![a](assets/", Assert.Single(LocalHostStore.ReadComments(run.Environment["CML_LOCAL_HOST"])).Body, StringComparison.Ordinal);
        Assert.Equal(1, await run.CmlAsync("comment", "create", "-", "--watch"));
    }

    [Fact]
    public async Task Create_PictureOnGitHub_GoesUnderAHiddenReferenceUnlessToldOtherwise()
    {
        await using FakeGitHub gitHub = await FakeGitHub.StartAsync();
        using DropInRun run = DropInRun.On(gitHub);
        run.WritePicture("plot.png");
        run.Write("report.md", "![a](plot.png)");
        Assert.Equal(0, await run.CmlAsync("comment", "create", "report.md", "--target=pr/5", "--assets=none"));
        Assert.Empty(gitHub.Repositories["o/r"].Git.References);
        Assert.Equal(0, await run.CmlAsync("comment", "create", "report.md", "--target=pr/5"));
        Assert.Contains("images go to the store 'ref'", run.Error, StringComparison.Ordinal);
        Assert.StartsWith("refs/cml/", Assert.Single(gitHub.Repositories["o/r"].Git.References).Key, StringComparison.Ordinal);
        Assert.Equal(1, await run.CmlAsync("comment", "create", "report.md", "--target=pr/5", "--assets=nope"));
        Assert.Contains("there is no image store 'nope'; known are: server, ref, s3, release, attachments, uploads, inline, local", run.Error, StringComparison.Ordinal);
        gitHub.Repositories["o/r"].Git.References["refs/cml/pr-5"] = DropInRun.Sha;
        gitHub.Repositories["o/r"].PullRequests[0].State = "closed";
        Assert.Equal(0, await run.CmlAsync("asset", "prune", "--dry-run"));
        Assert.StartsWith($"DELETE {gitHub.ApiUrl}/repos/o/r/git/refs/cml/pr-5\nAuthorization: ***\n", run.Output, StringComparison.Ordinal);
        Assert.Equal((0, "refs/cml/pr-5\n"), (await run.CmlAsync("asset", "prune"), run.Output));
    }

    [Fact]
    public async Task Create_FlagOff_LeavesTheReportAsItIs()
    {
        using DropInRun run = DropInRun.Local();
        run.WritePicture("plot.png");
        run.Write("report.md", "![a](plot.png)");
        run.Environment["CML_COMMENT_PUBLISH"] = "false";
        await run.CmlAsync("comment", "create", "report.md");
        Assert.StartsWith("![a](plot.png)\n\n", Assert.Single(LocalHostStore.ReadComments(run.Environment["CML_LOCAL_HOST"])).Body, StringComparison.Ordinal);
    }

    [Fact]
    public async Task SendComment_ClassicWorkflowOnGitHub_PostsThenUpdatesOneComment()
    {
        await using FakeGitHub gitHub = await FakeGitHub.StartAsync();
        await using FakeAssetServer assets = await FakeAssetServer.StartAsync();
        using DropInRun run = DropInRun.On(gitHub);
        run.Environment["CML_PUBLISH_URL"] = assets.Url;
        run.Environment["GITHUB_EVENT_NAME"] = "pull_request";
        run.Environment["GITHUB_EVENT_PATH"] = run.Write("event.json", """{"pull_request":{"number":5,"head":{"sha":"SHA"}}}""".Replace("SHA", DropInRun.Sha, StringComparison.Ordinal));
        run.WritePicture("confusion_matrix.png");
        Assert.Equal(0, await run.CmlAsync("publish", "confusion_matrix.png", "--md"));
        Assert.Matches(@"^!\[\]\(http://127\.0\.0\.1:\d+/[0-9a-f]{64}\?cml=png&cache-bypass=[0-9a-f-]{36} """"\)\n$", run.Output);
        run.Write("report.md", "Accuracy: 0.9\n" + run.Output);
        Assert.Equal(0, await run.CmlAsync("send-comment", "report.md", "--update"));
        string url = run.Output;
        run.Write("report.md", "Accuracy: 0.95\n");
        Assert.Equal((0, url), (await run.CmlAsync("send-comment", "report.md", "--update"), run.Output));
        Assert.Equal(
            $"Accuracy: 0.95\n\n\n![](https://cml.dev/watermark.png#{DropInRun.Sha} \"CML watermark\")",
            Assert.Single(gitHub.Repositories["o/r"].Comments).Body);
    }

    [Fact]
    public async Task Create_Failure_NeverShowsTheToken()
    {
        await using FakeGitHub gitHub = await FakeGitHub.StartAsync();
        using DropInRun run = DropInRun.On(gitHub);
        run.Write("report.md", "x");
        Assert.Equal(1, await run.CmlAsync("comment", "create", "report.md", "--target=pr/99", "--log=debug"));
        Assert.Contains("404 NotFound", run.Error, StringComparison.Ordinal);
        Assert.DoesNotContain("ghs_secret", run.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Create_NoTokenOnGitHub_SaysTokenNotFound()
    {
        await using FakeGitHub gitHub = await FakeGitHub.StartAsync();
        using DropInRun run = DropInRun.On(gitHub);
        run.Environment.Remove("GITHUB_TOKEN");
        run.Write("report.md", "x");
        Assert.Equal(1, await run.CmlAsync("comment", "create", "report.md", "--target=pr/5"));
        Assert.StartsWith("{\"level\":\"error\",\"message\":\"token not found", run.Error, StringComparison.Ordinal);
    }
}
