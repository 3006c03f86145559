using System.Text;
using CmlNet.Publishing.CodeHosts;
using CmlNet.Publishing.Comments;
using CmlNet.Testing.GitHub.State;
using Microsoft.Extensions.Logging.Abstractions;

namespace CmlNet.Publishing.Tests.Comments;

public sealed class StickyCommentTests
{
    private static readonly string Mark = Watermark.Render("", Scene.Head);

    [Fact]
    public async Task Update_TwoJobsAtOnce_LeaveOneComment()
    {
        await using Scene scene = await Scene.OpenAsync();
        using var barrier = new Barrier(2);
        async Task<Comment> JobAsync(string report)
        {
            using PublishingServices services = scene.Services();
            using var host = new RacingHost(services.OpenCodeHost(), barrier);
            return await new CommentPublisher(host, services.Context, null, NullLogger.Instance).PublishAsync(new CommentRequest { Report = report, Target = "pr/5", IsUpdate = true });
        }

        Comment[] posted = await Task.WhenAll(JobAsync("one"), JobAsync("two"));
        FakeComment left = Assert.Single(scene.Repository.Comments);
        Assert.Contains(left.Body, new[] { "one\n\n" + Mark, "two\n\n" + Mark });
        Assert.Contains(posted, c => c.Url.EndsWith($"-{left.Id}", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Update_TwoJobsAtOnceWithLongReports_LeaveOneReport()
    {
        const int Limit = 4000;
        await using Scene scene = await Scene.OpenAsync();
        using var barrier = new Barrier(2);
        static string Long(string word) => string.Concat(Enumerable.Repeat(string.Concat(Enumerable.Repeat(word + " ", 200)) + "\n\n", 10));
        async Task<Comment> JobAsync(string report)
        {
            using PublishingServices services = scene.Services();
            using var host = new RacingHost(services.OpenCodeHost(), barrier) { Limit = Limit };
            return await new CommentPublisher(host, services.Context, null, NullLogger.Instance).PublishAsync(new CommentRequest { Report = report, Target = "pr/5", IsUpdate = true });
        }

        Comment[] posted = await Task.WhenAll(JobAsync(Long("one")), JobAsync(Long("two")));
        int parts = new CommentBodies(Long("one"), Limit, _ => Mark, whole: null).Count;
        Assert.InRange(parts, 3, 20);
        Assert.Equal(parts, scene.Repository.Comments.Count);
        FakeComment first = Assert.Single(scene.Repository.Comments, c => Watermark.IsIn(c.Body, ""));
        Assert.Contains(posted, c => c.Url.EndsWith($"-{first.Id}", StringComparison.Ordinal));
        string word = first.Body.StartsWith("one", StringComparison.Ordinal) ? "one" : "two";
        Assert.All(scene.Repository.Comments, c => Assert.Contains(word + " " + word, c.Body, StringComparison.Ordinal));
        Assert.All(scene.Repository.Comments.Where(c => c != first), c => Assert.Contains($"-{first.Id})", c.Body, StringComparison.Ordinal));
    }

    [Fact]
    public async Task Recreate_PostedBefore_IsReplacedByANewComment()
    {
        await using Scene scene = await Scene.OpenAsync();
        Comment first = await PostAsync(scene, "one");
        Comment second = await scene.PublishAsync(new CommentRequest { Report = "two", Target = "pr/5", IsRecreated = true });
        Assert.NotEqual(first.Id, second.Id);
        Assert.Equal("two\n\n" + Mark, Assert.Single(scene.Repository.Comments).Body);
    }

    [Fact]
    public async Task Append_PostedBefore_KeepsWhatItSaid()
    {
        await using Scene scene = await Scene.OpenAsync();
        await scene.PublishAsync(new CommentRequest { Report = "one", Target = "pr/5", IsAppended = true });
        await scene.PublishAsync(new CommentRequest { Report = "two", Target = "pr/5", IsAppended = true });
        Assert.Equal("one\n\n---\n\ntwo\n\n" + Mark, Assert.Single(scene.Repository.Comments).Body);
    }

    [Fact]
    public async Task HideOutdated_PostedBefore_IsFoldedAway()
    {
        await using Scene scene = await Scene.OpenAsync();
        scene.Repository.AddComment(5, "someone's\n\n" + Mark);
        await PostAsync(scene, "one");
        await scene.PublishAsync(new CommentRequest { Report = "two", Target = "pr/5", AreOldHidden = true });
        Assert.Equal([false, true, false], scene.Repository.Comments.Select(c => c.IsMinimized));
    }

    [Fact]
    public async Task Delete_OwnCommentsWithTheMark_AreGone()
    {
        await using Scene scene = await Scene.OpenAsync();
        scene.Repository.AddComment(5, "someone's\n\n" + Mark);
        scene.Repository.AddComment(5, "another app's\n\n" + Mark, author: "dependabot[bot]");
        await PostAsync(scene, "one");
        using PublishingServices services = scene.Services();
        Assert.Equal(1, await services.OpenCommentPublisher(scene.Directory).DeleteAsync(new CommentRequest { Report = "", Target = "pr/5" }));
        Assert.Equal(["octocat", "dependabot[bot]"], scene.Repository.Comments.Select(c => c.Author));
    }

    [Fact]
    public async Task Update_LongReport_GoesOnInFurtherCommentsAndShrinksAgain()
    {
        await using Scene scene = await Scene.OpenAsync();
        string report = string.Concat(Enumerable.Range(0, 30).Select(i => $"## Part {i}\n\n{new string('ä', 10_000)}\n\n"));
        var request = new CommentRequest { Report = report, Target = "pr/5", IsUpdate = true, WatermarkLabel = "run" };
        Comment first = await scene.PublishAsync(request);
        Assert.Equal(3, scene.Repository.Comments.Count);
        Assert.All(scene.Repository.Comments, c => Assert.InRange(Encoding.UTF8.GetByteCount(c.Body), 1, 262144));
        Assert.EndsWith("_The report goes on in the next comment._\n\n\n" + Watermark.Render("run", Scene.Head), scene.Repository.Comments[0].Body, StringComparison.Ordinal);
        Assert.StartsWith($"_This goes on from [an earlier comment]({first.Url})._\n\n", scene.Repository.Comments[1].Body, StringComparison.Ordinal);
        Assert.EndsWith(Watermark.Render("run (part 3)", Scene.Head), scene.Repository.Comments[2].Body, StringComparison.Ordinal);

        await scene.PublishAsync(request with { Report = report[..^20_000] + "\n" });
        Assert.Equal(3, scene.Repository.Comments.Count);
        await scene.PublishAsync(request with { Report = "short" });
        Assert.Equal("short\n\n" + Watermark.Render("run", Scene.Head), Assert.Single(scene.Repository.Comments).Body);
    }

    [Fact]
    public async Task Create_OnACommit_KeepsToTheSmallerLimit()
    {
        await using Scene scene = await Scene.OpenAsync();
        string report = string.Concat(Enumerable.Range(0, 10).Select(_ => new string('x', 9_000) + "\n\n"));
        await scene.PublishAsync(new CommentRequest { Report = report, Target = "commit" });
        Assert.Equal(2, scene.Repository.Comments.Count);
    }

    private static Task<Comment> PostAsync(Scene scene, string report) => scene.PublishAsync(new CommentRequest { Report = report, Target = "pr/5" });
}
