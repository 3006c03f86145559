using System.Collections.Concurrent;
using System.Text.Json.Nodes;
using CmlNet.Testing.Hosting;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;

namespace CmlNet.Testing.GitLab;

/// <summary>GitLab's REST API, version 4. Rules and answers are from docs.gitlab.com, as of GitLab 18.</summary>
public sealed partial class FakeGitLab : FakeCodeHost
{
    private FakeGitLab(WebApplication app, string prefix)
        : base(app, prefix, "/api/v4")
    {
    }

    /// <summary>Token to user name.</summary>
    public ConcurrentDictionary<string, string> Tokens { get; } = new(StringComparer.Ordinal);

    /// <summary>Tokens of jobs to user name.</summary>
    public ConcurrentDictionary<string, string> JobTokens { get; } = new(StringComparer.Ordinal);

    public ConcurrentDictionary<string, GitLabProject> Projects { get; } = new(StringComparer.Ordinal);

    /// <summary>Starts on a free port.</summary>
    /// <param name="prefix">Path of the installation, e.g. <c>/gitlab</c>; empty for none.</param>
    public static async Task<FakeGitLab> StartAsync(string prefix = "")
    {
        var fake = new FakeGitLab(Build(), prefix);
        await fake.ListenAsync();
        return fake;
    }

    public GitLabProject AddProject(string path) => Projects.GetOrAdd(path, static p => new GitLabProject(p));

    private protected override void Map()
    {
        On("GET", "/version", "", (context, _) => JsonAsync(context, new JsonObject { ["version"] = "18.5.0", ["revision"] = "fake" }));
        On("GET", "/user", "", (context, _) => JsonAsync(context, User(Self(context))));
        On("GET", "/job", "", (context, _) => JsonAsync(context, new JsonObject { ["id"] = 7, ["status"] = "running", ["user"] = User(Self(context)) }));
        MapNotes();
        MapMergeRequests();
        MapPipelines();
        Project("POST", "/uploads", "[file]", UploadAsync);
    }

    internal override async Task<bool> AuthenticateAsync(HttpContext context)
    {
        IHeaderDictionary headers = context.Request.Headers;
        if (Tokens.TryGetValue(headers["PRIVATE-TOKEN"].ToString(), out string? user))
        {
            context.Items["user"] = user;
            return true;
        }

        // Of all that is here a job's token may ask for its own job only.
        if (JobTokens.TryGetValue(headers["JOB-TOKEN"].ToString(), out string? starter) && context.Request.Path == "/api/v4/job")
        {
            context.Items["user"] = starter;
            return true;
        }

        await ErrorAsync(context, 401, "401 Unauthorized");
        return false;
    }

    private protected override string? GitDirectory(string project, string? password) =>
        password is not null && Tokens.ContainsKey(password) && Projects.TryGetValue(project, out GitLabProject? found) ? found.BareDirectory : null;

    private static string Self(HttpContext context) => (string)context.Items["user"]!; // authenticated

    private static JsonObject User(string name) => new() { ["id"] = 42, ["username"] = name, ["name"] = name, ["state"] = "active" };

    private static string Moment(DateTimeOffset time) => time.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss.fff'Z'", System.Globalization.CultureInfo.InvariantCulture);

    private void Project(string method, string path, string rules, Func<HttpContext, GitLabProject, JsonObject, Task> handler) =>
        On(method, "/projects/{id}" + path, rules, (context, body) => Projects.TryGetValue(Text(context, "id"), out GitLabProject? project)
            ? handler(context, project, body)
            : ErrorAsync(context, 404, "404 Project Not Found"));

    private async Task UploadAsync(HttpContext context, GitLabProject project, JsonObject body)
    {
        IFormFile? file = (await context.Request.ReadFormAsync()).Files.GetFile("file");
        if (file is null)
        {
            await ErrorAsync(context, 400, "file is missing");
            return;
        }

        using var copy = new MemoryStream();
        await file.CopyToAsync(copy);
        project.Uploads.Enqueue((file.FileName, file.ContentType, copy.ToArray()));
        string url = $"/uploads/{project.NextId():x32}/{Uri.EscapeDataString(file.FileName)}";
        await JsonAsync(context, new JsonObject { ["id"] = project.NextId(), ["alt"] = "file", ["url"] = url, ["full_path"] = "/-/project/1" + url, ["markdown"] = $"![file]({url})" }, 201);
    }
}
