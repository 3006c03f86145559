using CmlNet.Publishing.CodeHosts;
using CmlNet.Publishing.Comments;
using CmlNet.Publishing.Http;
using CmlNet.Testing.GitLab;
using Microsoft.Extensions.Logging.Abstractions;

namespace CmlNet.Publishing.Tests.CodeHosts.GitLab;

/// <summary>A GitLab with one project, and a directory with a report, as a job would find them.</summary>
internal sealed class GitLabScene : IAsyncDisposable
{
    public const string Head = "1111111111111111111111111111111111111111";
    public const string Token = "glpat-secret-token";

    private readonly TemporaryDirectory _directory = new();

    private GitLabScene(FakeGitLab gitLab, GitLabProject project)
    {
        GitLab = gitLab;
        Project = project;
    }

    public FakeGitLab GitLab { get; }

    public GitLabProject Project { get; }

    public string Directory => _directory.Path;

    public Dictionary<string, string> Environment { get; } = new(StringComparer.Ordinal);

    public string? Repository { get; set; }

    public RetryRules Retries { get; set; } = new() { FirstDelay = TimeSpan.FromMilliseconds(1) };

    public static async Task<GitLabScene> OpenAsync(string prefix = "", string project = "group/sub/iris")
    {
        FakeGitLab gitLab = await FakeGitLab.StartAsync(prefix);
        GitLabProject added = gitLab.AddProject(project);
        added.AddMergeRequest(5, Head);
        added.Issues.Add(2);
        added.Commits.Add(Head);
        gitLab.Tokens[Token] = "olivaw";
        var scene = new GitLabScene(gitLab, added) { Repository = $"{gitLab.Url}/{project}.git" };
        foreach ((string name, string value) in new[] { ("CI_PROJECT_URL", $"{gitLab.Url}/{project}"), ("CI_API_V4_URL", gitLab.Url + "/api/v4"), ("GITLAB_TOKEN", Token), ("CI_COMMIT_SHA", Head), ("CI_PIPELINE_ID", "31"), ("CI_JOB_ID", "32") })
            scene.Environment[name] = value;
        return scene;
    }

    public string Write(string name, string text) => _directory.Write(name, System.Text.Encoding.UTF8.GetBytes(text));

    public PublishingServices Services() => new(
        new PublishingOptions { Environment = Environment, WorkingDirectory = Directory, Repository = Repository },
        NullLogger.Instance)
    {
        Retries = Retries,
    };

    public async Task<Comment> PublishAsync(string report, string target, bool isUpdate = false)
    {
        using PublishingServices services = Services();
        return await services.OpenCommentPublisher(Directory).PublishAsync(new CommentRequest { Report = report, Target = target, IsUpdate = isUpdate });
    }

    public async ValueTask DisposeAsync()
    {
        Assert.True(GitLab.Violations.IsEmpty, string.Join('\n', GitLab.Violations));
        await GitLab.DisposeAsync();
        _directory.Dispose();
    }
}
