using System.Text.Json.Nodes;
using CmlNet.Testing.GitHub.Json;
using CmlNet.Testing.GitHub.State;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace CmlNet.Testing.GitHub.Endpoints;

/// <summary>Releases and their files, and attachments, which no description mentions.</summary>
internal static class ReleaseEndpoints
{
    public const string AttachmentPath = "/api/uploads/user-attachments/assets";
    private const int Release = 900;

    public static void Map(IEndpointRouteBuilder app, FakeGitHub fake)
    {
        app.Repository(fake, "GET", "/releases/tags/{tag}", (context, repository) => FindAsync(fake, context, repository));
        app.Repository(fake, "POST", "/releases", (context, repository) => CreateAsync(fake, context, repository));
        app.Repository(fake, "GET", "/releases/{release_id}/assets", (context, repository) => ListAsync(fake, context, repository));
        app.Repository(fake, "DELETE", "/releases/assets/{asset_id}", DeleteAsync);
        // The description has it under another host.
        app.MapMethods("/api/uploads/repos/{owner}/{repo}/releases/{release_id}/assets", ["POST"], context => UploadAsync(fake, context));
        app.MapMethods(AttachmentPath, ["POST"], context => Reply.JsonAsync(context, new JsonObject { ["url"] = $"{fake.Url}/user-attachments/assets/{context.Request.Query["repository_id"]}-{context.Request.Query["name"]}" }, 201));
    }

    private static Task FindAsync(FakeGitHub fake, HttpContext context, FakeRepository repository) =>
        repository.Releases.ContainsKey(context.Text("tag")) ? Reply.JsonAsync(context, Render(fake, repository, context.Text("tag"))) : Reply.NotFoundAsync(context);

    private static async Task CreateAsync(FakeGitHub fake, HttpContext context, FakeRepository repository)
    {
        if (!await Reply.IsAllowedAsync(context, "write", "contents"))
            return;
        string tag = (await Reply.BodyAsync(context))?["tag_name"]?.GetValue<string>() ?? "";
        bool isNew;
        lock (repository.Gate)
            isNew = repository.Releases.TryAdd(tag, new Dictionary<string, byte[]>(StringComparer.Ordinal));
        await (isNew ? Reply.JsonAsync(context, Render(fake, repository, tag), 201) : Reply.InvalidAsync(context, "Release", "tag_name", "already_exists"));
    }

    private static Task ListAsync(FakeGitHub fake, HttpContext context, FakeRepository repository)
    {
        List<JsonNode> files;
        lock (repository.Gate)
            files = [.. repository.Releases.SelectMany(r => r.Value.Select(f => Render(fake, repository, r.Key, f.Key, f.Value.Length)))];
        return Reply.PageAsync(context, files);
    }

    private static async Task DeleteAsync(HttpContext context, FakeRepository repository)
    {
        if (!await Reply.IsAllowedAsync(context, "write", "contents"))
            return;
        bool isThere;
        lock (repository.Gate)
        {
            Dictionary<string, byte[]> files = repository.Releases.Values.First();
            string? name = files.Keys.FirstOrDefault(n => IdOf(n) == context.Number("asset_id"));
            isThere = name is not null && files.Remove(name);
            repository.HalfUploaded.Remove(name ?? "");
        }

        if (isThere)
            context.Response.StatusCode = 204;
        else
            await Reply.NotFoundAsync(context);
    }

    private static async Task UploadAsync(FakeGitHub fake, HttpContext context)
    {
        FakeRepository repository = fake.Repositories[$"{context.Text("owner")}/{context.Text("repo")}"];
        if (!await Reply.IsAllowedAsync(context, "write", "contents"))
            return;
        using var copy = new MemoryStream();
        await context.Request.Body.CopyToAsync(copy);
        bool isNew;
        lock (repository.Gate)
            isNew = repository.Releases.Values.First().TryAdd(context.Request.Query["name"].ToString(), copy.ToArray());
        await (isNew ? Reply.JsonAsync(context, new JsonObject { ["id"] = 1 }, 201) : Reply.InvalidAsync(context, "ReleaseAsset", "name", "already_exists"));
    }

    private static long IdOf(string name) => (uint)string.GetHashCode(name, StringComparison.Ordinal);

    private static JsonObject Render(FakeGitHub fake, FakeRepository repository, string tag, string name, int size) => new()
    {
        ["url"] = $"{fake.ApiUrl}/repos/{repository.FullName}/releases/assets/{IdOf(name)}",
        ["browser_download_url"] = $"{fake.Url}/{repository.FullName}/releases/download/{tag}/{name}",
        ["id"] = IdOf(name),
        ["node_id"] = $"RA_{IdOf(name)}",
        ["name"] = name,
        ["label"] = "",
        ["state"] = repository.HalfUploaded.Contains(name) ? "starter" : "uploaded",
        ["content_type"] = "image/png",
        ["size"] = size,
        ["digest"] = null,
        ["download_count"] = 0,
        ["created_at"] = "2026-01-01T00:00:00Z",
        ["updated_at"] = "2026-01-01T00:00:00Z",
        ["uploader"] = AccountJson.Simple(fake, "octocat"),
    };

    private static JsonObject Render(FakeGitHub fake, FakeRepository repository, string tag)
    {
        string api = $"{fake.ApiUrl}/repos/{repository.FullName}/releases/{Release}";
        return new JsonObject
        {
            ["url"] = api,
            ["html_url"] = $"{fake.Url}/{repository.FullName}/releases/tag/{tag}",
            ["assets_url"] = api + "/assets",
            ["upload_url"] = $"{fake.Url}/api/uploads/repos/{repository.FullName}/releases/{Release}/assets{{?name,label}}",
            ["tarball_url"] = null,
            ["zipball_url"] = null,
            ["id"] = Release,
            ["node_id"] = "RE_900",
            ["tag_name"] = tag,
            ["target_commitish"] = "main",
            ["name"] = tag,
            ["body"] = "",
            ["draft"] = false,
            ["prerelease"] = true,
            ["created_at"] = "2026-01-01T00:00:00Z",
            ["published_at"] = "2026-01-01T00:00:00Z",
            ["author"] = AccountJson.Simple(fake, "octocat"),
            ["assets"] = new JsonArray(),
        };
    }
}
