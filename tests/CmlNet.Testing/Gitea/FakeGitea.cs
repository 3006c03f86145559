using System.Collections.Concurrent;
using System.Text.Json.Nodes;
using CmlNet.Testing.Hosting;
using CmlNet.Testing.OpenApi;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;

namespace CmlNet.Testing.Gitea;

/// <summary>Gitea's REST API, version 1, which is Forgejo's too. Rules and answers are from the description that a Gitea serves at <c>/swagger.v1.json</c>, as of 1.24.</summary>
public sealed partial class FakeGitea : FakeCodeHost
{
    private FakeGitea(WebApplication app, string prefix)
        : base(app, prefix, "/api/v1")
    {
    }

    /// <summary>Token to login.</summary>
    public ConcurrentDictionary<string, string> Tokens { get; } = new(StringComparer.Ordinal);

    /// <summary>Tokens of jobs: they may not ask who they are.</summary>
    public ConcurrentDictionary<string, string> JobTokens { get; } = new(StringComparer.Ordinal);

    public ConcurrentDictionary<string, GiteaRepository> Repositories { get; } = new(StringComparer.OrdinalIgnoreCase);

    /// <summary>Starts on a free port.</summary>
    /// <param name="prefix">Path of the installation, e.g. <c>/git</c>; empty for none.</param>
    public static async Task<FakeGitea> StartAsync(string prefix = "")
    {
        var fake = new FakeGitea(Build(), prefix);
        await fake.ListenAsync();
        return fake;
    }

    public GiteaRepository AddRepository(string owner, string name) => Repositories.GetOrAdd($"{owner}/{name}", _ => new GiteaRepository(owner, name));

    private protected override OpenApiPackage? Description => OpenApiPackage.Gitea;

    // What the server answers and its description leaves out: a merge put off until the checks have passed; a kind of file that is not allowed.
    private protected override bool IsGap(string error) =>
        error is "POST /repos/{owner}/{repo}/pulls/{index}/merge has no answer 201" or "POST /repos/{owner}/{repo}/issues/comments/{id}/assets has no answer 422";

    private protected override void Map()
    {
        On("GET", "/user", "", (context, _) => Tokens.Values.Contains(Self(context))
            ? JsonAsync(context, User(Self(context)))
            : ErrorAsync(context, 403, "token does not have at least one of required scope(s): [read:user]"));
        MapComments();
        MapPullRequests();
        Repository("POST", "/statuses/{sha}", "state! context! description target_url", SetStatusAsync);
    }

    internal override async Task<bool> AuthenticateAsync(HttpContext context)
    {
        string header = context.Request.Headers.Authorization.ToString();
        string token = header.StartsWith("token ", StringComparison.Ordinal) ? header[6..] : "";
        if (Tokens.TryGetValue(token, out string? login) || JobTokens.TryGetValue(token, out login))
        {
            context.Items["user"] = login;
            return true;
        }

        await ErrorAsync(context, 401, "user does not exist [uid: 0, name: ]");
        return false;
    }

    private protected override string? GitDirectory(string project, string? password) =>
        password is not null && Tokens.ContainsKey(password) && Repositories.TryGetValue(project, out GiteaRepository? found) ? found.BareDirectory : null;

    private protected override Task ErrorAsync(HttpContext context, int status, string message) =>
        JsonAsync(context, new JsonObject { ["message"] = message, ["url"] = "https://docs.gitea.com/api" }, status);

    private static string Self(HttpContext context) => (string)context.Items["user"]!; // authenticated

    private static JsonObject User(string login) => new() { ["id"] = 42, ["login"] = login, ["full_name"] = "", ["email"] = login + "@noreply.example" };

    private static string Moment(DateTimeOffset time) => time.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", System.Globalization.CultureInfo.InvariantCulture);

    private void Repository(string method, string path, string rules, Func<HttpContext, GiteaRepository, JsonObject, Task> handler) =>
        On(method, "/repos/{owner}/{repo}" + path, rules, (context, body) => Repositories.TryGetValue($"{Text(context, "owner")}/{Text(context, "repo")}", out GiteaRepository? repository)
            ? handler(context, repository, body)
            : ErrorAsync(context, 404, "The target couldn't be found."));

    private Task SetStatusAsync(HttpContext context, GiteaRepository repository, JsonObject body)
    {
        string state = body["state"]?.GetValue<string>() ?? "";
        string sha = Text(context, "sha");
        if (!repository.Commits.Contains(sha) || state is not ("pending" or "success" or "error" or "failure" or "warning"))
            return ErrorAsync(context, 400, "object does not exist");
        repository.Statuses[(sha, body["context"]?.GetValue<string>() ?? "default")] = state;
        return JsonAsync(context, new JsonObject { ["id"] = repository.NextId(), ["status"] = state }, 201);
    }
}
