using System.Text;
using CmlNet.Publishing.CodeHosts;
using CmlNet.Publishing.Comments;
using CmlNet.Publishing.Http;
using CmlNet.Testing.GitHub;
using CmlNet.Testing.GitHub.State;
using Microsoft.Extensions.Logging.Abstractions;

namespace CmlNet.Publishing.Tests;

/// <summary>A GitHub with one repository, and a directory with a report, as a job would find them.</summary>
internal sealed class Scene : IAsyncDisposable
{
    public const string Head = "1111111111111111111111111111111111111111";
    public const string Token = "ghs_secret_token";

    private readonly TemporaryDirectory _directory = new();

    private Scene(FakeGitHub gitHub, FakeRepository repository)
    {
        GitHub = gitHub;
        Repository = repository;
    }

    public FakeGitHub GitHub { get; }

    public FakeRepository Repository { get; }

    public string Directory => _directory.Path;

    public Dictionary<string, string> Environment { get; } = new(StringComparer.Ordinal);

    public Uri? AssetServer { get; set; }

    public TimeProvider Time { get; set; } = TimeProvider.System;

    public string AssetStore { get; set; } = "auto";

    public RetryRules Retries { get; set; } = new() { FirstDelay = TimeSpan.FromMilliseconds(1) };

    public static async Task<Scene> OpenAsync()
    {
        FakeGitHub gitHub = await FakeGitHub.StartAsync();
        FakeRepository repository = gitHub.AddRepository("octocat/iris");
        repository.AddPullRequest(5, Head);
        gitHub.Tokens[Token] = new FakeToken { Login = "github-actions[bot]" };
        var scene = new Scene(gitHub, repository);
        scene.Set("GITHUB_SERVER_URL", gitHub.Url);
        scene.Set("GITHUB_API_URL", gitHub.ApiUrl);
        scene.Set("GITHUB_REPOSITORY", "octocat/iris");
        scene.Set("GITHUB_TOKEN", Token);
        scene.Set("GITHUB_SHA", Head);
        scene.Set("GITHUB_EVENT_NAME", "push");
        return scene;
    }

    public void Set(string name, string value) => Environment[name] = value;

    public void SetEvent(string name, string payload)
    {
        Set("GITHUB_EVENT_NAME", name);
        Set("GITHUB_EVENT_PATH", Write("event.json", payload));
    }

    public string Write(string name, string text) => Write(name, Encoding.UTF8.GetBytes(text));

    public string Write(string name, byte[] bytes) => _directory.Write(name, bytes);

    public PublishingServices Services() => new(
        new PublishingOptions { Environment = Environment, WorkingDirectory = Directory, AssetServer = AssetServer, Time = Time, AssetStore = AssetStore },
        NullLogger.Instance)
    {
        Retries = Retries,
    };

    public async Task<Comment> PublishAsync(CommentRequest request)
    {
        using PublishingServices services = Services();
        return await services.OpenCommentPublisher(Directory).PublishAsync(request);
    }

    /// <summary>The calls so far, and what GitHub's description has against them.</summary>
    public IReadOnlyList<string> Calls() => GitHub.Requests();

    public async ValueTask DisposeAsync()
    {
        await GitHub.DisposeAsync();
        _directory.Dispose();
    }
}
