using CmlNet.Publishing.CodeHosts;
using CmlNet.Publishing.Comments;
using CmlNet.Publishing.Surfaces;

namespace CmlNet.Publishing.Tests.CodeHosts.GitLab;

/// <summary>Files of a report among a project's uploads, each sent once.</summary>
public sealed class GitLabUploadTests
{
    [Fact]
    public async Task Comment_LocalImages_AreUploadedOnceAndLinked()
    {
        await using GitLabScene scene = await GitLabScene.OpenAsync();
        scene.Write("plot.svg", "<svg xmlns=\"http://www.w3.org/2000/svg\"/>");
        await scene.PublishAsync("![a](plot.svg)\n\n![b](plot.svg)\n", "pr/5");
        (string name, string mediaType, byte[] content) = Assert.Single(scene.Project.Uploads);
        Assert.Equal(("plot.svg", "image/svg+xml", 41), (name, mediaType, content.Length));
        Assert.Matches(@"^!\[a\]\(/uploads/\w+/plot\.svg\)", Assert.Single(scene.Project.Notes).Body);
    }

    [Fact]
    public async Task Publish_MergeRequestIsNotThere_TheOtherSurfacesHaveTheReport()
    {
        await using GitLabScene scene = await GitLabScene.OpenAsync();
        string output = Path.Combine(scene.Directory, "out.md");
        using PublishingServices services = scene.Services();
        IReadOnlyList<SurfaceResult> results = await services.OpenReportPublisher().PublishAsync(new ReportRequest
        {
            Sources = [new ReportSource("# 0.9\n", scene.Directory)],
            Surfaces = [ReportSurface.Comment, ReportSurface.File],
            OutputFile = output,
            Comment = new CommentRequest { Report = "", Target = "pr/77", IsUpdate = true },
        });
        Assert.Equal("# 0.9\n", await File.ReadAllTextAsync(output));
        Assert.Null(results.Single(result => result.Surface == ReportSurface.File).Failure);
        Assert.NotNull(results.Single(result => result.Surface == ReportSurface.Comment).Failure);
    }

    /// <summary>GitLab gives the same file another address each time.</summary>
    [Fact]
    public async Task Comment_PostedAgainByTheSameServices_UploadsWhatChangedOnly()
    {
        await using GitLabScene scene = await GitLabScene.OpenAsync();
        scene.Write("a.svg", "<svg xmlns=\"http://www.w3.org/2000/svg\"/>");
        scene.Write("b.svg", "<svg xmlns=\"http://www.w3.org/2000/svg\"><g/></svg>");
        using PublishingServices services = scene.Services();
        var request = new CommentRequest { Report = "![a](a.svg) ![b](b.svg)\n", Target = "pr/5", IsUpdate = true };
        await services.OpenCommentPublisher(scene.Directory).PublishAsync(request);
        await services.OpenCommentPublisher(scene.Directory).PublishAsync(request);
        Assert.Equal(2, scene.Project.Uploads.Count);
        Assert.DoesNotContain(scene.GitLab.Exchanges, e => e.Method == "PUT");
        scene.Write("b.svg", "<svg xmlns=\"http://www.w3.org/2000/svg\"><g/><g/></svg>");
        await services.OpenCommentPublisher(scene.Directory).PublishAsync(request);
        Assert.Equal(3, scene.Project.Uploads.Count);
    }

    /// <summary>Each upload has another address, so the comment itself tells where the files are.</summary>
    [Fact]
    public async Task Update_SameReportByAnotherProcess_UploadsAndPostsNothing()
    {
        await using GitLabScene scene = await GitLabScene.OpenAsync();
        scene.Write("a.svg", "<svg xmlns=\"http://www.w3.org/2000/svg\"/>");
        scene.Write("b.svg", "<svg xmlns=\"http://www.w3.org/2000/svg\"><g/></svg>");
        const string report = "![a](a.svg) ![b](b.svg)\r\n\r\n/close\r\n";
        await scene.PublishAsync(report, "pr/5");
        string body = Assert.Single(scene.Project.Notes).Body;
        Assert.Matches("\n<!-- cml files:( [0-9a-f]{16}=/uploads/[0-9a-f]{32}/[ab]\\.svg){2} -->\n\n!\\[\\]\\(https://cml\\.dev/watermark\\.png", body);
        scene.GitLab.Exchanges.Clear();
        Assert.Equal(CommentChange.Unchanged, (await scene.PublishAsync(report, "pr/5", isUpdate: true)).Change);
        Assert.DoesNotContain(scene.GitLab.Exchanges, e => e.Method != "GET");

        scene.Write("b.svg", "<svg xmlns=\"http://www.w3.org/2000/svg\"><g/><g/></svg>");
        Assert.Equal(CommentChange.Updated, (await scene.PublishAsync(report, "pr/5", isUpdate: true)).Change);
        Assert.Equal(["a.svg", "b.svg", "b.svg"], scene.Project.Uploads.Select(u => u.Name).Order());
        Assert.Equal(body.Split(')')[0], scene.Project.Notes[0].Body.Split(')')[0]);
    }

    [Fact]
    public async Task Append_PicturesOfBefore_AreNotUploadedAgain()
    {
        await using GitLabScene scene = await GitLabScene.OpenAsync();
        scene.Write("a.svg", "<svg xmlns=\"http://www.w3.org/2000/svg\"/>");
        await scene.PublishAsync("one ![a](a.svg)\n", "pr/5");
        using PublishingServices services = scene.Services();
        await services.OpenReportPublisher().PublishAsync(new ReportRequest
        {
            Sources = [new ReportSource("two ![a](a.svg)\n", scene.Directory)],
            Comment = new CommentRequest { Report = "", Target = "pr/5", IsAppended = true },
        });
        Assert.Single(scene.Project.Uploads);
        Assert.Equal(2, System.Text.RegularExpressions.Regex.Count(Assert.Single(scene.Project.Notes).Body, @"!\[a\]\(/uploads/"));
    }
}
