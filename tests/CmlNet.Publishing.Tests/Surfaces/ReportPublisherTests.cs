using System.Text;
using CmlNet.Publishing.Comments;
using CmlNet.Publishing.Surfaces;
using CmlNet.Testing.GitHub.State;

namespace CmlNet.Publishing.Tests.Surfaces;

public sealed class ReportPublisherTests
{
    private static readonly ReportSurface[] Everywhere = Enum.GetValues<ReportSurface>();

    [Fact]
    public async Task Publish_Everywhere_ShowsTheReportInEachPlaceAndUploadsItsPictureOnce()
    {
        await using Scene scene = await Scene.OpenAsync();
        scene.Set("GITHUB_STEP_SUMMARY", scene.Write("summary.md", ""));
        scene.Set("GITHUB_RUN_ID", "77");
        scene.Write("plot.png", [0x89, (byte)'P', (byte)'N', (byte)'G', 13, 10, 26, 10]);
        IReadOnlyList<SurfaceResult> results = await PublishAsync(scene, Request(scene, "# Accuracy 0.9\n\n![a](plot.png)\n"));
        Assert.Equal(Everywhere, results.Select(r => r.Surface));
        Assert.All(results, r => Assert.Null(r.Failure));
        FakeComment comment = Assert.Single(scene.Repository.Comments);
        string report = await File.ReadAllTextAsync(Path.Combine(scene.Directory, "out.md"));
        Assert.Matches("^# Accuracy 0.9\n\n!\\[a\\]\\(https?://[^)]+\\)\n$", report);
        Assert.StartsWith(report, comment.Body, StringComparison.Ordinal);
        Assert.Equal(report, await File.ReadAllTextAsync(Path.Combine(scene.Directory, "summary.md")));
        FakeCheckRun check = Assert.Single(scene.Repository.CheckRuns);
        Assert.Equal(report, check.Output["summary"]!.GetValue<string>());
        Assert.Equal(results[2].Url, check.DetailsUrl);
        Assert.Equal(new FakeStatus(Scene.Head, "success", "cml", "Accuracy 0.9", results[2].Url), Assert.Single(scene.Repository.Statuses));
        Assert.Single(scene.Calls(), c => c.EndsWith("/git/blobs", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Publish_OnePlaceRefused_TheOthersStillHaveIt()
    {
        await using Scene scene = await Scene.OpenAsync();
        scene.GitHub.Tokens[Scene.Token] = new FakeToken { Login = "x[bot]", Permissions = new Dictionary<string, string>(StringComparer.Ordinal) { ["checks"] = "write" } };
        scene.Set("GITHUB_STEP_SUMMARY", Path.Combine(scene.Directory, "summary.md"));
        IReadOnlyList<SurfaceResult> results = await PublishAsync(scene, Request(scene, "text") with { Surfaces = [ReportSurface.Comment, ReportSurface.Check, ReportSurface.Summary] });
        Assert.Equal([ReportSurface.Summary, ReportSurface.Comment, ReportSurface.Check], results.Select(r => r.Surface));
        Assert.Contains("pull-requests: write", results[1].Failure, StringComparison.Ordinal);
        Assert.Null(results[2].Failure);
        Assert.Single(scene.Repository.CheckRuns);
    }

    [Fact]
    public async Task Publish_ChecksAreForAppsOnly_AStatusStandsIn()
    {
        await using Scene scene = await Scene.OpenAsync();
        scene.GitHub.Tokens[Scene.Token] = new FakeToken { Login = "octocat", IsInstallation = false };
        ReportRequest request = Request(scene, "<p>\n**0.9** reached\n");
        SurfaceResult result = Assert.Single(await PublishAsync(scene, request with { Surfaces = [ReportSurface.Check], Check = request.Check with { Conclusion = "failure" } }));
        Assert.Equal(ReportSurface.Status, result.Surface);
        Assert.Equal(("failure", "0.9 reached"), (Assert.Single(scene.Repository.Statuses).State, scene.Repository.Statuses[0].Description));
    }

    [Fact]
    public async Task Publish_SummaryNearlyFull_KeepsToItsLimit()
    {
        await using Scene scene = await Scene.OpenAsync();
        string path = scene.Write("summary.md", new string('x', 900_000));
        scene.Set("GITHUB_STEP_SUMMARY", path);
        string report = string.Concat(Enumerable.Range(0, 400).Select(i => $"## {i}\n\n{new string('ä', 400)}\n\n"));
        await PublishAsync(scene, Request(scene, report) with { Surfaces = [ReportSurface.Summary] });
        byte[] written = await File.ReadAllBytesAsync(path);
        Assert.InRange(written.Length, 1_000_000, 1024 * 1024);
        Assert.Contains("_The rest of the report is left out", Encoding.UTF8.GetString(written), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Publish_SeveralFiles_MakeOneReportEachWithItsOwnLinks()
    {
        await using Scene scene = await Scene.OpenAsync();
        scene.Write("a/plot.png", [0x89, (byte)'P', (byte)'N', (byte)'G', 1]);
        scene.Write("b/plot.png", [0x89, (byte)'P', (byte)'N', (byte)'G', 2]);
        var sources = new[] { "a", "b", "a" }.Select((d, i) => new ReportSource($"{i} ![x](plot.png)\n", Path.Combine(scene.Directory, d)));
        await PublishAsync(scene, Request(scene, "") with { Sources = [.. sources], Surfaces = [ReportSurface.Comment] });
        string[] lines = Assert.Single(scene.Repository.Comments).Body.Split("\n\n");
        Assert.Equal(["0", "1", "2"], lines.Take(3).Select(l => l[..1]));
        Assert.Equal(lines[0][1..], lines[2][1..].TrimEnd());
        Assert.NotEqual(lines[0][1..], lines[1][1..]);
    }

    [Fact]
    public async Task Publish_SectionsCutForTheComment_AreInTheJobSummaryItLinks()
    {
        await using Scene scene = await Scene.OpenAsync();
        scene.Set("GITHUB_STEP_SUMMARY", scene.Write("summary.md", ""));
        scene.Set("GITHUB_RUN_ID", "77");
        await PublishAsync(scene, Request(scene, LongReport) with { Surfaces = [ReportSurface.Comment] });
        string body = Assert.Single(scene.Repository.Comments).Body;
        Assert.Contains($"_Left out: the report is longer than a comment may be. [All of it]({scene.GitHub.Url}/octocat/iris/actions/runs/77)_", body, StringComparison.Ordinal);
        Assert.Equal(LongReport, await File.ReadAllTextAsync(Path.Combine(scene.Directory, "summary.md")));
    }

    [Fact]
    public async Task Publish_SectionsCutAndNoSummary_AreInAFileThatTheCommentLinks()
    {
        await using Scene scene = await Scene.OpenAsync();
        await PublishAsync(scene, Request(scene, LongReport) with { Surfaces = [ReportSurface.Comment] });
        string body = Assert.Single(scene.Repository.Comments).Body;
        Assert.Matches("\\[All of it\\]\\(http://[^)]+/raw/[0-9a-f]{40}/[0-9a-f]{16}\\.md\\)", body);
        Assert.Equal(LongReport, Encoding.UTF8.GetString(Assert.Single(scene.Repository.Git.Blobs).Value));
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Publish_FarTooLong_IsTwentyCommentsWhoseLastTellsOfTheRest(bool hasStore)
    {
        await using Scene scene = await Scene.OpenAsync();
        string line = new string('x', 999) + "\n\n";
        string report = string.Concat(Enumerable.Repeat(line, 5_500));
        ReportRequest request = Request(scene, report) with { Surfaces = [ReportSurface.Comment], AreAssetsPublished = hasStore, Comment = new CommentRequest { Report = "", Target = "pr/5", IsUpdate = true } };
        await PublishAsync(scene, request);
        Assert.Equal(20, scene.Repository.Comments.Count);
        Assert.All(scene.Repository.Comments, c => Assert.InRange(Encoding.UTF8.GetByteCount(c.Body), 1, 262_144));
        int left = 5_500 - scene.Repository.Comments.Sum(c => c.Body.Split(line.TrimEnd()).Length - 1);
        Assert.InRange(left, 1, 500);
        Assert.Matches(
            $@"_The rest of the report, \d+ bytes, is left out: a report is at most 20 comments\.{(hasStore ? @" \[All of it\]\(http://\S+/raw/\S+\.md\)" : "")}_\n\n\n!\[\]",
            scene.Repository.Comments[^1].Body);
        // Written over, part by part, and not added to.
        await PublishAsync(scene, request with { Sources = [new ReportSource("short", scene.Directory)] });
        Assert.StartsWith("short", Assert.Single(scene.Repository.Comments).Body, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Publish_TooLongAndNoOtherPlace_LeavesNothingOut()
    {
        await using Scene scene = await Scene.OpenAsync();
        await PublishAsync(scene, Request(scene, LongReport) with { Surfaces = [ReportSurface.Comment], AreAssetsPublished = false });
        Assert.Equal(2, scene.Repository.Comments.Count);
        Assert.Equal(3_000, scene.Repository.Comments.Sum(c => c.Body.Split("a line of the log").Length - 1));
        Assert.DoesNotContain(scene.Repository.Comments, c => c.Body.Contains("Left out", StringComparison.Ordinal));
    }

    /// <summary>A comment holds 262,144 bytes.</summary>
    private static string LongReport { get; } = "# Report\n\n<details>\n<summary>Log</summary>\n\n" + string.Concat(Enumerable.Range(0, 3_000).Select(i => $"a line of the log {new string('x', 80)} {i}\n\n")) + "</details>\n\nThe end.\n";

    private static ReportRequest Request(Scene scene, string markdown) => new()
    {
        Sources = [new ReportSource(markdown, scene.Directory)],
        Surfaces = Everywhere,
        OutputFile = Path.Combine(scene.Directory, "out.md"),
        Comment = new CommentRequest { Report = "", Target = "pr/5" },
    };

    private static async Task<IReadOnlyList<SurfaceResult>> PublishAsync(Scene scene, ReportRequest request)
    {
        using PublishingServices services = scene.Services();
        return await services.OpenReportPublisher().PublishAsync(request);
    }
}
