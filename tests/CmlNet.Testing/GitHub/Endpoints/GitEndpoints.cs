using System.Text;
using System.Text.Json.Nodes;
using CmlNet.Testing.GitHub.State;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace CmlNet.Testing.GitHub.Endpoints;

/// <summary>Git data: blobs, trees, commits and references.</summary>
internal static class GitEndpoints
{
    public static void Map(IEndpointRouteBuilder app, FakeGitHub fake)
    {
        app.Repository(fake, "POST", "/git/blobs", (context, repository) => WriteAsync(context, repository, body => CreateBlobAsync(fake, context, repository, body)));
        app.Repository(fake, "POST", "/git/trees", (context, repository) => WriteAsync(context, repository, body => CreateTreeAsync(fake, context, repository, body)));
        app.Repository(fake, "POST", "/git/commits", (context, repository) => WriteAsync(context, repository, body => CreateCommitAsync(fake, context, repository, body)));
        app.Repository(fake, "POST", "/git/refs", (context, repository) => WriteAsync(context, repository, body => CreateReferenceAsync(fake, context, repository, body)));
        app.Repository(fake, "GET", "/git/commits/{commit_sha}", (context, repository) => ReadCommitAsync(context, repository));
        app.Repository(fake, "GET", "/git/trees/{tree_sha}", (context, repository) => ReadTreeAsync(fake, context, repository));
        app.Repository(fake, "GET", "/git/matching-refs/{**ref}", (context, repository) => MatchReferencesAsync(fake, context, repository));
        app.Repository(fake, "GET", "/git/ref/{**ref}", (context, repository) => ReadReferenceAsync(fake, context, repository));
        app.Repository(fake, "PATCH", "/git/refs/{**ref}", (context, repository) => WriteAsync(context, repository, body => UpdateReferenceAsync(fake, context, repository, body)));
        app.Repository(fake, "DELETE", "/git/refs/{**ref}", (context, repository) => DeleteReferenceAsync(context, repository));
    }

    private static async Task WriteAsync(HttpContext context, FakeRepository repository, Func<JsonObject, Task> handler)
    {
        if (!await Reply.IsAllowedAsync(context, "write", "contents"))
            return;
        if (await Reply.BodyAsync(context) is not { } body)
            await Reply.ErrorAsync(context, 400, "Problems parsing JSON");
        else if (repository.Git.References.Count == 0 && repository.Commits.Count == 0 && repository.PullRequests.Count == 0)
            await Reply.ErrorAsync(context, 409, "Git Repository is empty.");
        else
            await handler(body);
    }

    private static string Base(FakeGitHub fake, FakeRepository repository) => $"{fake.ApiUrl}/repos/{repository.FullName}/git";

    private static Task CreateBlobAsync(FakeGitHub fake, HttpContext context, FakeRepository repository, JsonObject body)
    {
        string content = body["content"]?.GetValue<string>() ?? "";
        byte[] bytes = body["encoding"]?.GetValue<string>() == "base64" ? Convert.FromBase64String(content) : Encoding.UTF8.GetBytes(content);
        string sha;
        lock (repository.Gate)
            sha = repository.Git.AddBlob(bytes);
        return Reply.JsonAsync(context, new JsonObject { ["sha"] = sha, ["url"] = $"{Base(fake, repository)}/blobs/{sha}" }, 201);
    }

    private static async Task CreateTreeAsync(FakeGitHub fake, HttpContext context, FakeRepository repository, JsonObject body)
    {
        var entries = new JsonArray();
        foreach (JsonObject item in (body["tree"] as JsonArray ?? []).OfType<JsonObject>())
        {
            string? sha = item["sha"]?.GetValue<string>();
            lock (repository.Gate)
            {
                sha ??= repository.Git.AddBlob(Encoding.UTF8.GetBytes(item["content"]?.GetValue<string>() ?? ""));
                if (!repository.Git.Blobs.ContainsKey(sha))
                    sha = null;
            }

            if (sha is null)
            {
                await Reply.ErrorAsync(context, 422, "tree.sha is not a valid blob");
                return;
            }

            entries.Add(new JsonObject
            {
                ["path"] = item["path"]?.GetValue<string>(),
                ["mode"] = item["mode"]?.GetValue<string>(),
                ["type"] = "blob",
                ["sha"] = sha,
                ["size"] = repository.Git.Blobs[sha].Length,
                ["url"] = $"{Base(fake, repository)}/blobs/{sha}",
            });
        }

        if (body["base_tree"]?.GetValue<string>() is { } from && repository.Git.Trees.TryGetValue(from, out JsonArray? before))
        {
            foreach (JsonNode? entry in before.Where(e => entries.All(n => n!["path"]!.GetValue<string>() != e!["path"]!.GetValue<string>())).ToList())
                entries.Add(entry!.DeepClone());
        }

        string tree = FakeGitObjects.Hash("tree", Encoding.UTF8.GetBytes(entries.ToJsonString()));
        lock (repository.Gate)
            repository.Git.Trees[tree] = entries.DeepClone().AsArray();
        await Reply.JsonAsync(context, new JsonObject { ["sha"] = tree, ["url"] = $"{Base(fake, repository)}/trees/{tree}", ["tree"] = entries, ["truncated"] = false }, 201);
    }

    private static async Task CreateCommitAsync(FakeGitHub fake, HttpContext context, FakeRepository repository, JsonObject body)
    {
        string tree = body["tree"]?.GetValue<string>() ?? "";
        if (!repository.Git.Trees.ContainsKey(tree))
        {
            await Reply.ErrorAsync(context, 422, "Tree SHA does not exist");
            return;
        }

        string url = Base(fake, repository);
        string date = fake.Time.GetUtcNow().UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", System.Globalization.CultureInfo.InvariantCulture);
        JsonObject Person() => new() { ["name"] = "github-actions[bot]", ["email"] = "bot@example.com", ["date"] = date };
        string sha = FakeGitObjects.Hash("commit", Encoding.UTF8.GetBytes(body.ToJsonString() + date));
        var commit = new JsonObject
        {
            ["sha"] = sha,
            ["node_id"] = "C_" + sha[..8],
            ["url"] = $"{url}/commits/{sha}",
            ["html_url"] = $"{fake.Url}/{repository.FullName}/commit/{sha}",
            ["author"] = Person(),
            ["committer"] = Person(),
            ["tree"] = new JsonObject { ["sha"] = tree, ["url"] = $"{url}/trees/{tree}" },
            ["message"] = body["message"]?.GetValue<string>() ?? "",
            ["parents"] = new JsonArray([.. (body["parents"] as JsonArray ?? []).Select(p => (JsonNode)new JsonObject
            {
                ["sha"] = p!.GetValue<string>(),
                ["url"] = $"{url}/commits/{p.GetValue<string>()}",
                ["html_url"] = $"{fake.Url}/{repository.FullName}/commit/{p.GetValue<string>()}",
            })]),
            ["verification"] = new JsonObject { ["verified"] = false, ["reason"] = "unsigned", ["signature"] = null, ["payload"] = null, ["verified_at"] = null },
        };
        lock (repository.Gate)
            repository.Git.Commits[sha] = commit.DeepClone().AsObject();
        await Reply.JsonAsync(context, commit, 201);
    }

    private static Task ReadCommitAsync(HttpContext context, FakeRepository repository)
    {
        JsonObject? commit;
        lock (repository.Gate)
            commit = repository.Git.Commits.GetValueOrDefault(context.Text("commit_sha"))?.DeepClone().AsObject();
        return commit is null ? Reply.NotFoundAsync(context) : Reply.JsonAsync(context, commit);
    }

    private static Task ReadTreeAsync(FakeGitHub fake, HttpContext context, FakeRepository repository)
    {
        string sha = context.Text("tree_sha");
        JsonArray? entries;
        lock (repository.Gate)
            entries = repository.Git.Trees.GetValueOrDefault(sha)?.DeepClone().AsArray();
        return entries is null
            ? Reply.NotFoundAsync(context)
            : Reply.JsonAsync(context, new JsonObject { ["sha"] = sha, ["url"] = $"{Base(fake, repository)}/trees/{sha}", ["tree"] = entries, ["truncated"] = false });
    }

    private static Task MatchReferencesAsync(FakeGitHub fake, HttpContext context, FakeRepository repository)
    {
        string prefix = "refs/" + context.Text("ref");
        List<JsonNode> matching;
        lock (repository.Gate)
            matching = [.. repository.Git.References.Where(r => r.Key.StartsWith(prefix, StringComparison.Ordinal)).OrderBy(r => r.Key, StringComparer.Ordinal).Select(r => Reference(fake, repository, r.Key, r.Value))];
        return Reply.PageAsync(context, matching);
    }

    private static async Task CreateReferenceAsync(FakeGitHub fake, HttpContext context, FakeRepository repository, JsonObject body)
    {
        string name = body["ref"]?.GetValue<string>() ?? "";
        string sha = body["sha"]?.GetValue<string>() ?? "";
        string? refusal = null;
        lock (repository.Gate)
        {
            if (!name.StartsWith("refs/", StringComparison.Ordinal) || name.Count(c => c == '/') < 2)
                refusal = "Reference name must start with 'refs' and have at least two slashes.";
            else if (!repository.HasCommit(sha))
                refusal = "Object does not exist";
            else if (!repository.Git.References.TryAdd(name, sha))
                refusal = "Reference already exists";
        }

        await (refusal is null ? Reply.JsonAsync(context, Reference(fake, repository, name, sha), 201) : Reply.ErrorAsync(context, 422, refusal));
    }

    private static Task ReadReferenceAsync(FakeGitHub fake, HttpContext context, FakeRepository repository)
    {
        string name = "refs/" + context.Text("ref");
        string? sha;
        lock (repository.Gate)
            sha = repository.Git.References.GetValueOrDefault(name);
        return sha is null ? Reply.NotFoundAsync(context) : Reply.JsonAsync(context, Reference(fake, repository, name, sha));
    }

    private static async Task UpdateReferenceAsync(FakeGitHub fake, HttpContext context, FakeRepository repository, JsonObject body)
    {
        string name = "refs/" + context.Text("ref");
        string sha = body["sha"]?.GetValue<string>() ?? "";
        string? refusal = null;
        lock (repository.Gate)
        {
            if (!repository.Git.References.TryGetValue(name, out string? old))
                refusal = "Reference does not exist";
            else if (body["force"]?.GetValue<bool>() != true && !Ancestors(repository, sha).Contains(old))
                refusal = "Update is not a fast forward";
            else
                repository.Git.References[name] = sha;
        }

        await (refusal is null ? Reply.JsonAsync(context, Reference(fake, repository, name, sha)) : Reply.ErrorAsync(context, 422, refusal));
    }

    private static async Task DeleteReferenceAsync(HttpContext context, FakeRepository repository)
    {
        if (!await Reply.IsAllowedAsync(context, "write", "contents"))
            return;
        bool isGone;
        lock (repository.Gate)
            isGone = repository.Git.References.Remove("refs/" + context.Text("ref"));
        if (isGone)
            context.Response.StatusCode = 204;
        else
            await Reply.ErrorAsync(context, 422, "Reference does not exist");
    }

    private static HashSet<string> Ancestors(FakeRepository repository, string sha)
    {
        var seen = new HashSet<string>(StringComparer.Ordinal);
        var queue = new Queue<string>([sha]);
        while (queue.TryDequeue(out string? at))
        {
            if (!seen.Add(at) || !repository.Git.Commits.TryGetValue(at, out JsonObject? commit))
                continue;
            foreach (JsonNode? parent in commit["parents"]!.AsArray())
                queue.Enqueue(parent!["sha"]!.GetValue<string>());
        }

        return seen;
    }

    private static JsonObject Reference(FakeGitHub fake, FakeRepository repository, string name, string sha) => new()
    {
        ["ref"] = name,
        ["node_id"] = "REF_" + sha[..8],
        ["url"] = $"{Base(fake, repository)}/{name}",
        ["object"] = new JsonObject { ["sha"] = sha, ["type"] = "commit", ["url"] = $"{Base(fake, repository)}/commits/{sha}" },
    };
}
