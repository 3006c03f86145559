using System.Text.Json.Nodes;
using CmlNet.Cli.Tests.Compatibility;
using CmlNet.Testing.GitHub;
using CmlNet.Testing.GitHub.State;

namespace CmlNet.Cli.Tests.Commands.Comments;

public sealed class SurfaceCommandTests
{
    [Fact]
    public async Task Create_ToEverywhereAsJson_TellsEachPlace()
    {
        await using FakeGitHub gitHub = await FakeGitHub.StartAsync();
        using DropInRun run = DropInRun.On(gitHub);
        run.Write("a.md", "# One\n");
        run.Write("b.md", "# Two\n");
        run.Environment["GITHUB_STEP_SUMMARY"] = run.Write("summary.md", "");
        Assert.Equal(0, await run.CmlAsync("comment", "create", "a.md", "b.md", "--target=pr/5", "--to=comment,summary,check,status,file", "--output=out.md", "--json"));
        JsonNode result = JsonNode.Parse(run.Output)!;
        Assert.Equal(["file", "summary", "comment", "check", "status"], result["surfaces"]!.AsArray().Select(s => s!["surface"]!.GetValue<string>()));
        FakeRepository repository = gitHub.Repositories["o/r"];
        Assert.EndsWith($"#issuecomment-{repository.Comments[0].Id}", result["url"]!.GetValue<string>(), StringComparison.Ordinal);
        Assert.Equal("created", result["surfaces"]![2]!["change"]!.GetValue<string>());
        Assert.StartsWith("# One\n\n# Two\n", repository.Comments[0].Body, StringComparison.Ordinal);
        Assert.Equal("# One\n\n# Two\n", run.Read("out.md"));
        Assert.Equal("# One\n\n# Two\n", run.Read("summary.md"));
        Assert.Equal((1, 1), (repository.CheckRuns.Count, repository.Statuses.Count));
    }

    [Fact]
    public async Task Create_DryRun_PrintsWhatWouldBeSentAndSendsNothing()
    {
        await using FakeGitHub gitHub = await FakeGitHub.StartAsync();
        using DropInRun run = DropInRun.On(gitHub);
        run.WritePicture("plot.png");
        run.Write("report.md", "![a](plot.png) ghs_secret");
        Assert.Equal(0, await run.CmlAsync("comment", "update", "report.md", "--target=pr/5", "--to=comment,check,status,file", "--output=out.md", "--dry-run"));
        Assert.All(gitHub.Exchanges, e => Assert.True(e.Method == "GET" || e.RequestBody.Contains("query{viewer", StringComparison.Ordinal), e.ToString()));
        Assert.DoesNotContain("ghs_secret", run.Output + run.Error, StringComparison.Ordinal);
        Assert.Contains($"POST {gitHub.ApiUrl}/repos/o/r/issues/5/comments\nAuthorization: ***\n", run.Output, StringComparison.Ordinal);
        foreach (string call in new[] { "/git/blobs", "/git/trees", "/git/commits", "/git/refs", "/check-runs", "/statuses/" + DropInRun.Sha })
            Assert.Contains($"POST {gitHub.ApiUrl}/repos/o/r{call}\n", run.Output, StringComparison.Ordinal);
        Assert.Contains($"WRITE {Path.Combine(run.Directory, "out.md")}\n", run.Output, StringComparison.Ordinal);
        Assert.False(File.Exists(Path.Combine(run.Directory, "out.md")));
    }

    [Fact]
    public async Task Create_DryRunOnALocalHost_WritesNothing()
    {
        using DropInRun run = DropInRun.Local();
        run.WritePicture("plot.png");
        run.Write("report.md", "![a](plot.png)");
        Assert.Equal(0, await run.CmlAsync("comment", "create", "report.md", "--dry-run", "--to=comment,check"));
        Assert.Contains("comments/1.md\n\n![a](assets/", run.Output, StringComparison.Ordinal);
        Assert.False(Directory.Exists(run.Environment["CML_LOCAL_HOST"]));
    }

    [Theory]
    [InlineData("--to: there is no 'email'", "--to=comment,email")]
    [InlineData("--to names no place", "--to=,")]
    [InlineData("does not support commit statuses", "--to=status")]
    [InlineData("pass --output", "--to=file")]
    [InlineData("leave it out of --to", "--to=summary", "--watch")]
    public async Task Create_PlaceThatCannotBe_IsSaidFirst(string message, params string[] args)
    {
        using DropInRun run = DropInRun.Local();
        run.Write("report.md", "x");
        Assert.Equal((1, ""), (await run.CmlAsync(["comment", "create", "report.md", .. args]), run.Output));
        Assert.Contains(message, run.Error, StringComparison.Ordinal);
        Assert.False(Directory.Exists(run.Environment["CML_LOCAL_HOST"]));
    }

    [Fact]
    public async Task Create_TokenOnTheCommandLine_IsInNoRecord()
    {
        await using FakeGitHub gitHub = await FakeGitHub.StartAsync();
        using DropInRun run = DropInRun.On(gitHub);
        const string token = "typed-in/token+value";
        run.Write("report.md", "x");
        gitHub.Faults.Add(new Fault { Kind = FaultKind.StatusBeforeApplying, Status = 404, Body = $$"""{"message":"no {{token}} nor {{Uri.EscapeDataString(token)}} nor {{Convert.ToBase64String("x:typed-in/token+value"u8)}}"}""" });
        Assert.Equal(1, await run.CmlAsync("comment", "create", "report.md", "--target=pr/5", "--token=" + token));
        Assert.Contains("no *** nor *** nor ", run.Error, StringComparison.Ordinal);
        Assert.DoesNotContain(Convert.ToBase64String("x:typed-in/token+value"u8)[4..16], run.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task CheckUpdate_AfterCreate_CompletesTheSameRun()
    {
        await using FakeGitHub gitHub = await FakeGitHub.StartAsync();
        using DropInRun run = DropInRun.On(gitHub);
        run.Write("report.md", "# done\n");
        run.Write("remarks.json", """[{"path":"a.py","start_line":3,"annotation_level":"failure","message":"worse"}]""");
        Assert.Equal((0, ""), (await run.CmlAsync("check", "create", "report.md", "--title=Gate", "--status=in_progress"), run.Output));
        Assert.Equal(0, await run.CmlAsync("check", "update", "report.md", "--title=Gate", "--annotations=remarks.json", "--button=Accept|Take it|accept", "--button", "Again|Run again|again", "--json"));
        FakeCheckRun check = Assert.Single(gitHub.Repositories["o/r"].CheckRuns);
        Assert.Equal(("completed", "success", 1, 2), (check.Status, check.Conclusion, check.Annotations.Count, check.Actions.Count));
        Assert.Equal(check.Id.ToString(System.Globalization.CultureInfo.InvariantCulture), JsonNode.Parse(run.Output)!["surfaces"]![0]!["id"]!.GetValue<string>());
    }

    [Theory]
    [InlineData("""{"path":"a"}""", "is not a JSON list")]
    [InlineData("""[{"path":"a","start_line":0,"message":"m"}]""", "entry 1")]
    [InlineData("""[null]""", "entry 1")]
    [InlineData("""[{"path":"a","start_line":1,"message":"m","annotation_level":"bad"}]""", "choices: notice")]
    public async Task CheckCreate_BadAnnotations_SaysWhichEntry(string json, string message)
    {
        using DropInRun run = DropInRun.Local();
        run.Write("report.md", "x");
        run.Write("remarks.json", json);
        Assert.Equal(1, await run.CmlAsync("check", "create", "report.md", "--annotations=remarks.json"));
        Assert.Contains(message, run.Error, StringComparison.Ordinal);
    }
}
