using System.Diagnostics;
using System.Text;
using CmlNet.Publishing.CodeHosts;
using CmlNet.Publishing.CodeHosts.Local;
using CmlNet.Publishing.Comments;
using Microsoft.Extensions.Logging.Abstractions;

namespace CmlNet.Publishing.Tests.CodeHosts.Local;

public sealed class LocalHostTests : IDisposable
{
    private static readonly CommentPlace PullRequest = new(CommentSurface.PullRequest, "5");

    private readonly TemporaryDirectory _directory = new();

    private string Host => Path.Combine(_directory.Path, "run");

    [Fact]
    public async Task Publish_WithLocalHost_NeedsNeitherTokenNorRepository()
    {
        _directory.Write("work/plot.png", [0x89, (byte)'P', (byte)'N', (byte)'G']);
        Comment comment = await PublishAsync("# Report\n![p](plot.png)\n", isUpdate: false);
        await PublishAsync("# Report 2\n![p](plot.png)\n", isUpdate: true);

        Assert.Equal("comments/1.md", comment.Url);
        LocalComment read = Assert.Single(LocalHostStore.ReadComments(Host));
        Assert.Equal((1, "commit/abc123", 2), (read.Number, read.Target, read.Revision));
        Assert.Matches("^# Report 2\n!\\[p\\]\\((assets/[0-9a-f]{16}-plot\\.png)\\)\n\n\n!\\[\\]\\(https://cml.dev/watermark.png#abc123 \"CML watermark\"\\)$", read.Body);
        string asset = Assert.Single(Directory.GetFiles(Path.Combine(Host, "assets")));
        Assert.Contains($"assets/{Path.GetFileName(asset)}", read.Body, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Create_ManyAtOnce_NumbersEachOnce()
    {
        await Task.WhenAll(Enumerable.Range(0, 40).Select(i => Task.Run(() => new LocalHost(Host).CreateCommentAsync(PullRequest, $"c{i}"))));
        IReadOnlyList<LocalComment> comments = LocalHostStore.ReadComments(Host);
        Assert.Equal(Enumerable.Range(1, 40), comments.Select(c => c.Number));
        Assert.Equal(40, comments.Select(c => c.Body).Distinct(StringComparer.Ordinal).Count());
        Assert.DoesNotContain(Directory.GetFiles(Path.Combine(Host, "comments")), f => f.EndsWith(".tmp", StringComparison.Ordinal));
    }

    [Fact]
    public async Task List_OtherPlaces_AreLeftOut()
    {
        using var host = new LocalHost(Host);
        await host.CreateCommentAsync(PullRequest, "a");
        await host.CreateCommentAsync(PullRequest with { Surface = CommentSurface.Issue }, "b");
        var bodies = new List<string>();
        await foreach (Comment comment in host.ListCommentsAsync(PullRequest))
            bodies.Add(comment.Body);
        Assert.Equal(["a"], bodies);
    }

    [Theory]
    [InlineData("completed", "failure")]
    [InlineData("queued", null)]
    public async Task CreateCheck_AnyStatus_IsReadBack(string status, string? conclusion)
    {
        using var host = new LocalHost(Host);
        Assert.Equal(new CheckReference("1", "checks/1.json"), await host.CreateCheckAsync(new CheckRun { HeadSha = "abc", Summary = "# bad\n", Title = "T", Status = status, Conclusion = "failure" }));
        LocalCheck check = Assert.Single(LocalHostStore.ReadChecks(Host));
        Assert.Equal(("T", "# bad\n", "abc", status, conclusion), (check.Title, check.Summary, check.HeadSha, check.Status, check.Conclusion));
    }

    [Fact]
    public async Task ReadComments_HostileFiles_ArePassedOver()
    {
        using var host = new LocalHost(Host);
        await host.CreateCommentAsync(PullRequest, "good");
        string comments = Path.Combine(Host, "comments");
        foreach ((string name, string text) in new[]
        {
            ("2.json", "not json"), ("3.json", "{}"), ("4.json", """{"number":4,"target":"pr/1"}"""), ("05.json", "{}"), ("-1.json", "{}"), ("99999999999999.json", "{}"),
            ("6.json", """{"number":6,"target":"pr/1"}"""), ("7.json", """{"number":7,"target":"pr/1"}"""), ("8.json", """{"number":"x"}"""), ("10.json", "null"),
        })
        {
            await File.WriteAllTextAsync(Path.Combine(comments, name), text);
        }

        File.CreateSymbolicLink(Path.Combine(comments, "6.md"), "/etc/hostname");
        Process.Start("mkfifo", Path.Combine(comments, "7.md")).WaitForExit();
        File.CreateSymbolicLink(Path.Combine(comments, "9.json"), "/etc/hostname");
        Directory.CreateDirectory(Path.Combine(comments, "11.json"));
        Assert.Equal(["good"], LocalHostStore.ReadComments(Host).Select(c => c.Body));
        await File.WriteAllBytesAsync(Path.Combine(comments, "4.md"), [0xFF, 0xFE, (byte)'x']);
        Assert.Equal(2, LocalHostStore.ReadComments(Host).Count);
    }

    [Fact]
    public void ReadComments_NoDirectory_IsEmpty()
    {
        Assert.Empty(LocalHostStore.ReadComments(Host));
        Assert.Empty(LocalHostStore.ReadChecks(Host));
    }

    [Fact]
    public async Task Create_DirectoryCannotBeMade_SaysWhichVariable()
    {
        _directory.Write("run", Encoding.UTF8.GetBytes("a file"));
        PublishingException e = await Assert.ThrowsAsync<PublishingException>(() => new LocalHost(Host).CreateCommentAsync(PullRequest, "x"));
        Assert.Contains("CML_LOCAL_HOST", e.Message, StringComparison.Ordinal);
    }

    public void Dispose() => _directory.Dispose();

    private async Task<Comment> PublishAsync(string report, bool isUpdate)
    {
        string work = Path.Combine(_directory.Path, "work");
        var environment = new Dictionary<string, string>(StringComparer.Ordinal) { ["CML_LOCAL_HOST"] = Host, ["GITHUB_SHA"] = "abc123", ["GITHUB_EVENT_NAME"] = "push" };
        using var services = new PublishingServices(new PublishingOptions { Environment = environment, WorkingDirectory = work, DefaultDriver = "github" }, NullLogger.Instance);
        return await services.OpenCommentPublisher(work).PublishAsync(new CommentRequest { Report = report, IsUpdate = isUpdate });
    }
}
