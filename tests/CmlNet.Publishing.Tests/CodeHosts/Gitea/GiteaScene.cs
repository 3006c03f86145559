using CmlNet.Publishing.CodeHosts;
using CmlNet.Publishing.Comments;
using CmlNet.Testing.Gitea;
using Microsoft.Extensions.Logging.Abstractions;

namespace CmlNet.Publishing.Tests.CodeHosts.Gitea;

/// <summary>A Gitea with one repository, and a directory with a report, as a job of its Actions would find them.</summary>
internal sealed class GiteaScene : IAsyncDisposable
{
    public const string Head = "1111111111111111111111111111111111111111";
    public const string Token = "gitea-secret-token";
    public const string Picture = "<svg xmlns=\"http://www.w3.org/2000/svg\"/>";

    private readonly TemporaryDirectory _directory = new();

    private GiteaScene(FakeGitea gitea, GiteaRepository repository)
    {
        Gitea = gitea;
        Repository = repository;
    }

    public FakeGitea Gitea { get; }

    public GiteaRepository Repository { get; }

    public string Directory => _directory.Path;

    public Dictionary<string, string> Environment { get; } = new(StringComparer.Ordinal);

    public static async Task<GiteaScene> OpenAsync(string prefix = "")
    {
        FakeGitea gitea = await FakeGitea.StartAsync(prefix);
        GiteaRepository repository = gitea.AddRepository("o", "iris");
        repository.AddPullRequest(5, Head);
        repository.Issues.Add(2);
        repository.Commits.Add(Head);
        gitea.Tokens[Token] = "olivaw";
        var scene = new GiteaScene(gitea, repository);
        foreach ((string name, string value) in new[] { ("GITEA_ACTIONS", "true"), ("GITHUB_SERVER_URL", gitea.Url), ("GITHUB_API_URL", gitea.Url + "/api/v1"), ("GITHUB_REPOSITORY", "o/iris"), ("GITEA_TOKEN", Token), ("GITHUB_SHA", Head), ("GITHUB_EVENT_NAME", "push"), ("GITHUB_REF", "refs/heads/main") })
            scene.Environment[name] = value;
        return scene;
    }

    public string Write(string name, string text) => _directory.Write(name, System.Text.Encoding.UTF8.GetBytes(text));

    public PublishingServices Services() => new(new PublishingOptions { Environment = Environment, WorkingDirectory = Directory }, NullLogger.Instance)
    {
        Retries = new() { FirstDelay = TimeSpan.FromMilliseconds(1) },
    };

    public Task<Comment> PublishAsync(string report, string target, bool isUpdate = false) => PublishAsync(new CommentRequest { Report = report, Target = target, IsUpdate = isUpdate });

    public async Task<Comment> PublishAsync(CommentRequest request)
    {
        using PublishingServices services = Services();
        return await services.OpenCommentPublisher(Directory).PublishAsync(request);
    }

    public async ValueTask DisposeAsync()
    {
        Assert.True(Gitea.Violations.IsEmpty, string.Join('\n', Gitea.Violations));
        await Gitea.DisposeAsync();
        _directory.Dispose();
    }
}
