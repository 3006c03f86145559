using System.Collections.Concurrent;
using System.Globalization;
using System.Text;
using System.Text.Json.Nodes;
using CmlNet.Testing.Hosting;
using CmlNet.Testing.OpenApi;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;

namespace CmlNet.Testing.Bitbucket;

/// <summary>Bitbucket Cloud's REST API, version 2, with the repository <c>team/iris</c>. Rules and answers are from developer.atlassian.com.</summary>
public sealed class FakeBitbucket : FakeCodeHost
{
    private const int LongestComment = 32_768;

    private long _lastId = 900;

    private FakeBitbucket(WebApplication app)
        : base(app, "", "/2.0")
    {
    }

    /// <summary>User and password, with a colon between, or an access token, to the user's identifier.</summary>
    public ConcurrentDictionary<string, string> Accounts { get; } = new(StringComparer.Ordinal);

    /// <summary>Comments as they are shown; <c>place</c> is for the tests only.</summary>
    public List<(string Place, JsonObject Json)> Comments { get; } = [];

    public List<JsonObject> PullRequests { get; } = [];

    public ConcurrentDictionary<string, JsonObject> Statuses { get; } = new(StringComparer.Ordinal);

    public ConcurrentDictionary<string, byte[]> Downloads { get; } = new(StringComparer.Ordinal);

    /// <summary>In the order they were started; their numbers count from 1.</summary>
    public List<JsonObject> Pipelines { get; } = [];

    /// <summary>Whether pull requests can be looked up by commit.</summary>
    public bool HasCommitIndex { get; set; } = true;

    public static async Task<FakeBitbucket> StartAsync()
    {
        var fake = new FakeBitbucket(Build());
        await fake.ListenAsync();
        return fake;
    }

    public JsonObject AddPullRequest(int id, string sha, string source = "feature")
    {
        JsonObject added = PullRequest(id, source, "main", sha[..12]);
        PullRequests.Add(added);
        return added;
    }

    public JsonObject AddPipeline(JsonObject target)
    {
        lock (Pipelines)
        {
            int number = Pipelines.Count + 1;
            var added = new JsonObject
            {
                ["type"] = "pipeline",
                ["uuid"] = string.Create(CultureInfo.InvariantCulture, $"{{00000000-0000-0000-0000-{number:D12}}}"),
                ["build_number"] = number,
                ["state"] = new JsonObject { ["type"] = "pipeline_state_in_progress", ["name"] = "IN_PROGRESS" },
                ["target"] = target,
            };
            Pipelines.Add(added);
            return added;
        }
    }

    private protected override OpenApiPackage? Description => OpenApiPackage.Bitbucket;

    // Paging, filters and order are described once for all lists; the vendor's own examples of requests leave the discriminator out; an
    // edited comment of a commit is said to be answered as a new one.
    private protected override bool IsGap(string error) =>
        new[] { "page", "pagelen", "q", "sort" }.Any(name => error.EndsWith($"the query has '{name}'", StringComparison.Ordinal))
        || error.EndsWith(" request: $: 'type' is missing", StringComparison.Ordinal)
        || error == "PUT /repositories/{workspace}/{repo_slug}/commit/{commit}/comments/{comment_id} has no answer 200";

    private protected override void Map()
    {
        On("GET", "/user", "", (context, _) => JsonAsync(context, User(context)));
        foreach (string place in (string[])["/commit/{at}", "/pullrequests/{at}", "/issues/{at}"])
        {
            Repository("GET", place + "/comments", "?sort ?pagelen ?page ?q", (context, _) => ListAsync(context, [.. Comments.Where(c => c.Place == PlaceOf(context)).Select(c => c.Json)]));
            Repository("POST", place + "/comments", "content:object!", CreateAsync);
            Repository("PUT", place + "/comments/{id}", "content:object!", (context, body) => WithComment(context, c =>
            {
                c["content"] = body["content"]!.DeepClone();
                return JsonAsync(context, c.DeepClone());
            }));
            Repository("DELETE", place + "/comments/{id}", "", (context, _) => WithComment(context, c =>
            {
                (c["deleted"], c["content"]) = (true, new JsonObject { ["raw"] = "" });
                context.Response.StatusCode = 204;
                return Task.CompletedTask;
            }));
        }

        Repository("GET", "/commit/{sha}/pullrequests", "?page ?pagelen", (context, _) => HasCommitIndex
            ? ListAsync(context, [.. PullRequests.Where(p => Text(context, "sha").StartsWith(p["source"]!["commit"]!["hash"]!.GetValue<string>(), StringComparison.Ordinal))])
            : ErrorAsync(context, 404, "Pull request links have not been enabled"));
        Repository("GET", "/pullrequests", "?state ?page ?pagelen ?q", (context, _) => ListAsync(context, [.. PullRequests.Where(p => p["state"]!.GetValue<string>() == "OPEN")]));
        Repository("POST", "/pullrequests", "title! description source:object! destination:object close_source_branch:boolean", OpenAsync);
        Repository("GET", "/pullrequests/{id}", "", (context, _) => WithPullRequest(context, p => JsonAsync(context, p.DeepClone())));
        Repository("POST", "/pullrequests/{id}/merge", "type! message close_source_branch:boolean merge_strategy", (context, body) => WithPullRequest(context, p =>
        {
            if (p["state"]!.GetValue<string>() != "OPEN")
                return ErrorAsync(context, 400, "This pull request is already closed.");
            (p["state"], p["strategy"]) = ("MERGED", body["merge_strategy"]?.DeepClone());
            return JsonAsync(context, p.DeepClone());
        }));
        Repository("POST", "/commit/{sha}/statuses/build", "key! state! url! name description refname", (context, body) =>
        {
            if (body["key"]!.GetValue<string>().Length > 40)
                return ErrorAsync(context, 400, "key: Ensure this value has at most 40 characters");
            body["type"] = "build";
            Statuses[body["key"]!.GetValue<string>()] = body;
            return JsonAsync(context, body.DeepClone(), 201);
        });
        Repository("GET", "/pipelines", "?sort ?pagelen ?page", (context, _) => ListAsync(context, [.. Pipelines.AsEnumerable().Reverse()]));
        Repository("GET", "/pipelines/{id}", "", (context, _) => Pipelines.Find(p => Text(context, "id") == p["uuid"]!.GetValue<string>() || Number(context, "id") == p["build_number"]!.GetValue<int>()) is { } found
            ? JsonAsync(context, found.DeepClone())
            : ErrorAsync(context, 404, "Pipeline not found"));
        Repository("POST", "/pipelines", "target:object! variables:array", (context, body) => JsonAsync(context, AddPipeline(body["target"]!.DeepClone().AsObject()).DeepClone(), 201));
        Repository("POST", "/downloads", "[files]", async (context, _) =>
        {
            IFormFile file = (await context.Request.ReadFormAsync()).Files.GetFile("files")!; // the rule is about it
            using var copy = new MemoryStream();
            await file.CopyToAsync(copy);
            Downloads[file.FileName] = copy.ToArray();
            context.Response.StatusCode = 201;
        });
    }

    internal override async Task<bool> AuthenticateAsync(HttpContext context)
    {
        string[] header = context.Request.Headers.Authorization.ToString().Split(' ', 2);
        string account = header is ["Basic", var pair] ? Encoding.UTF8.GetString(Convert.FromBase64String(pair)) : header is ["Bearer", var token] ? token : "";
        if (Accounts.TryGetValue(account, out string? uuid))
        {
            context.Items["user"] = uuid;
            return true;
        }

        await ErrorAsync(context, 401, "Token is invalid, expired, or not supported for this endpoint.");
        return false;
    }

    private protected override string? GitDirectory(string project, string? password) => null;

    private protected override Task ErrorAsync(HttpContext context, int status, string message) =>
        JsonAsync(context, new JsonObject { ["type"] = "error", ["error"] = new JsonObject { ["message"] = message } }, status);

    private static JsonObject User(HttpContext context) => new() { ["type"] = "user", ["uuid"] = (string)context.Items["user"]!, ["display_name"] = "Olivaw" }; // authenticated

    private static string PlaceOf(HttpContext context) => string.Join('/', context.Request.Path.Value!.Split('/')[5..7]);

    private void Repository(string method, string path, string rules, Func<HttpContext, JsonObject, Task> handler) => On(method, "/repositories/team/iris" + path, rules, handler);

    /// <summary>The next page's address is in the page, and as odd as a proxy would make it.</summary>
    private Task ListAsync(HttpContext context, List<JsonObject> all)
    {
        IQueryCollection query = context.Request.Query;
        int size = int.TryParse(query["pagelen"], CultureInfo.InvariantCulture, out int asked) ? Math.Min(asked, 100) : 10;
        int page = int.TryParse(query["page"], CultureInfo.InvariantCulture, out int at) ? at : 1;
        var json = new JsonObject { ["pagelen"] = size, ["page"] = page, ["values"] = new JsonArray([.. all.Skip((page - 1) * size).Take(size).Select(v => v.DeepClone())]) };
        if (page * size < all.Count)
            json["next"] = $"{LinkOrigin}{context.Request.Path}?pagelen={size}&page={page + 1}";
        return JsonAsync(context, json);
    }

    private Task CreateAsync(HttpContext context, JsonObject body)
    {
        string raw = body["content"]?["raw"]?.GetValue<string>() ?? "";
        if (raw.Length is 0 or > LongestComment)
            return ErrorAsync(context, 400, "Comment content is too long.");
        JsonObject comment = AddComment(PlaceOf(context), raw, (string)context.Items["user"]!, Time.GetUtcNow());
        return JsonAsync(context, comment.DeepClone(), 201);
    }

    public JsonObject AddComment(string place, string raw, string author, DateTimeOffset? written = null)
    {
        long id = Interlocked.Increment(ref _lastId);
        var comment = new JsonObject
        {
            ["type"] = "comment",
            ["id"] = id,
            ["content"] = new JsonObject { ["raw"] = raw },
            ["user"] = new JsonObject { ["type"] = "user", ["uuid"] = author },
            ["created_on"] = (written ?? new DateTimeOffset(2026, 1, 2, 3, 4, 5, TimeSpan.Zero)).ToString("O", CultureInfo.InvariantCulture),
            ["deleted"] = false,
            ["links"] = new JsonObject { ["html"] = new JsonObject { ["href"] = $"https://bitbucket.org/team/iris/{place}/_/diff#comment-{id}" } },
        };
        lock (Comments)
            Comments.Add((place, comment));
        return comment;
    }

    private Task WithComment(HttpContext context, Func<JsonObject, Task> handler) =>
        Comments.Find(c => c.Place == PlaceOf(context) && c.Json["id"]!.GetValue<long>() == Number(context, "id")) is { Json: { } found } ? handler(found) : ErrorAsync(context, 404, "Resource not found");

    private Task WithPullRequest(HttpContext context, Func<JsonObject, Task> handler) =>
        PullRequests.Find(p => p["id"]!.GetValue<int>() == Number(context, "id")) is { } found ? handler(found) : ErrorAsync(context, 404, "Resource not found");

    private Task OpenAsync(HttpContext context, JsonObject body)
    {
        JsonObject created;
        lock (PullRequests)
        {
            int id = PullRequests.Select(p => p["id"]!.GetValue<int>()).Append(0).Max() + 1;
            created = PullRequest(id, body["source"]!["branch"]!["name"]!.GetValue<string>(), body["destination"]!["branch"]!["name"]!.GetValue<string>(), "cccccccccccc");
            PullRequests.Add(created);
        }

        return JsonAsync(context, created.DeepClone(), 201);
    }

    private static JsonObject PullRequest(int id, string source, string target, string hash) => new()
    {
        ["type"] = "pullrequest",
        ["id"] = id,
        ["state"] = "OPEN",
        ["source"] = new JsonObject { ["branch"] = new JsonObject { ["name"] = source }, ["commit"] = new JsonObject { ["hash"] = hash } },
        ["destination"] = new JsonObject { ["branch"] = new JsonObject { ["name"] = target } },
        ["links"] = new JsonObject { ["html"] = new JsonObject { ["href"] = $"https://bitbucket.org/team/iris/pull-requests/{id}" } },
    };
}
