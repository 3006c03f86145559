using System.Text;
using CmlNet.Publishing.Comments;
using CmlNet.Publishing.Detection;
using CmlNet.Publishing.Http;
using CmlNet.Publishing.Surfaces;
using CmlNet.Testing.Bitbucket;
using CmlNet.Testing.Gitea;
using CmlNet.Testing.GitHub;
using CmlNet.Testing.GitLab;
using CmlNet.Testing.Hosting;
using Microsoft.Extensions.Logging.Abstractions;

namespace CmlNet.Publishing.Tests.CodeHosts;

/// <summary>One of the other code hosts with pull request 5, and a report with a picture, posted and then updated.</summary>
internal sealed class FaultScene : IAsyncDisposable
{
    public const string Token = "a-secret-token";
    private const string Head = "1111111111111111111111111111111111111111";

    private readonly TemporaryDirectory _directory = new();
    private readonly FakeCodeHost _host;
    private readonly PublishingContext _context;
    private readonly Func<IReadOnlyList<string>> _bodies;
    private readonly Func<string, byte[]?> _shown;

    private FaultScene(FakeCodeHost host, PublishingContext context, Func<IReadOnlyList<string>> bodies, Func<string, byte[]?> shown)
    {
        _host = host;
        _context = context;
        _bodies = bodies;
        _shown = shown;
    }

    public ShiftedTime Time { get; init; } = new();

    public TimeSpan AttemptTimeout { get; set; } = TimeSpan.FromSeconds(100);

    /// <summary>Comments that are shown.</summary>
    public IReadOnlyList<string> Bodies => _bodies();

    public FaultPlan Faults => _host.Faults;

    /// <summary>Method and path of each call so far, once.</summary>
    public IReadOnlyList<(string Method, string Path)> Calls => [.. _host.Exchanges.Select(e => (e.Method, e.Target.Split('?')[0])).Distinct()];

    public static async Task<FaultScene> OpenAsync(string driver, ShiftedTime? time = null) => driver switch
    {
        "gitlab" => await OnGitLabAsync(time),
        "gitea" => await OnGiteaAsync(time),
        _ => await OnBitbucketAsync(time),
    };

    /// <summary>The first post, and the update with another picture.</summary>
    public async Task PublishTwiceAsync()
    {
        await PublishAsync("one");
        await PublishAsync("two");
    }

    public async Task PublishAsync(string name)
    {
        _directory.Write(name + ".svg", PictureOf(name));
        using var services = new PublishingServices(new PublishingOptions { WorkingDirectory = _directory.Path, Context = _context, Time = Time }, NullLogger.Instance)
        {
            Retries = new RetryRules { FirstDelay = TimeSpan.FromMilliseconds(1), AttemptTimeout = AttemptTimeout },
        };
        await services.OpenReportPublisher().PublishAsync(new ReportRequest
        {
            Sources = [new ReportSource($"# {name}\n\n![picture]({name}.svg)\n", _directory.Path)],
            Comment = new CommentRequest { Report = "", Target = "pr/5", IsUpdate = true },
        });
    }

    /// <summary>Why a comment is not the report of that name with its picture; null where it is.</summary>
    public string? WrongWith(string body, string name)
    {
        string start = $"# {name}\n\n![picture](";
        if (!body.StartsWith(start, StringComparison.Ordinal) || !body.EndsWith($"![](https://cml.dev/watermark.png#{Head} \"CML watermark\")", StringComparison.Ordinal))
            return "another body: " + body;
        string address = body[start.Length..body.IndexOf(')', start.Length)];
        return _shown(address) is not { } content ? $"'{address}' shows nothing" : !content.AsSpan().SequenceEqual(PictureOf(name)) ? $"'{address}' shows another picture" : null;
    }

    public async ValueTask DisposeAsync()
    {
        Assert.True(_host.Violations.IsEmpty, string.Join('\n', _host.Violations));
        await _host.DisposeAsync();
        _directory.Dispose();
    }

    private static byte[] PictureOf(string name) => Encoding.UTF8.GetBytes($"<svg xmlns=\"http://www.w3.org/2000/svg\"><text>{name}</text></svg>");

    private static async Task<FaultScene> OnGitLabAsync(ShiftedTime? time)
    {
        FakeGitLab host = await FakeGitLab.StartAsync();
        GitLabProject project = host.AddProject("group/iris");
        project.AddMergeRequest(5, Head);
        host.Tokens[Token] = "olivaw";
        return new FaultScene(host, ContextOf("gitlab", host, "/group/iris", "/api/v4/"), () => [.. project.Notes.Select(n => n.Body)], address => project.Uploads.LastOrDefault(u => address.StartsWith("/uploads/", StringComparison.Ordinal) && address.EndsWith("/" + u.Name, StringComparison.Ordinal)).Content) { Time = time ?? new() };
    }

    private static async Task<FaultScene> OnGiteaAsync(ShiftedTime? time)
    {
        FakeGitea host = await FakeGitea.StartAsync();
        GiteaRepository repository = host.AddRepository("o", "iris");
        repository.AddPullRequest(5, Head);
        host.Tokens[Token] = "olivaw";
        return new FaultScene(host, ContextOf("gitea", host, "/o/iris", "/api/v1/"), () => [.. repository.Comments.Select(c => c.Body)], address => repository.Comments.SelectMany(c => c.Attachments).FirstOrDefault(a => address.EndsWith($"/attachments/{a.Id:x32}", StringComparison.Ordinal)).Content) { Time = time ?? new() };
    }

    private static async Task<FaultScene> OnBitbucketAsync(ShiftedTime? time)
    {
        FakeBitbucket host = await FakeBitbucket.StartAsync();
        host.AddPullRequest(5, Head);
        host.Accounts[Token] = "{self}";
        return new FaultScene(host, ContextOf("bitbucket", host, "/team/iris", "/2.0/"), () => [.. host.Comments.Where(c => c.Json["deleted"]?.GetValue<bool>() != true).Select(c => c.Json["content"]!["raw"]!.GetValue<string>())], address => host.Downloads.GetValueOrDefault(address.Split('/')[^1])) { Time = time ?? new() };
    }

    private static PublishingContext ContextOf(string driver, FakeCodeHost host, string repository, string api) => new()
    {
        Driver = driver,
        Repository = new Uri(host.Url + repository),
        ApiBase = new Uri(host.Url + api),
        Token = Token,
        Sha = Head,
    };
}
