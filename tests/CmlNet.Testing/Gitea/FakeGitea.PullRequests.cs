using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Http;

namespace CmlNet.Testing.Gitea;

/// <content>Pull requests.</content>
public sealed partial class FakeGitea
{
    /// <summary>Whether pull requests still to be opened have checks to come.</summary>
    public bool HasNextChecks { get; set; }

    private void MapPullRequests()
    {
        const string one = "/pulls/{index}";
        Repository("GET", "/pulls", "?state ?sort ?milestone ?labels ?poster ?base_branch ?page ?limit", (context, repository, _) =>
        {
            string state = context.Request.Query["state"].ToString();
            return PageAsync(context, [.. repository.PullRequests.Where(p => state is "" or "all" || p.State == state).Select(p => PullRequest(repository, p))], "limit", 30);
        });
        Repository("POST", "/pulls", "title! head! base! body assignee milestone:integer due_date", OpenAsync);
        Repository("GET", one, "", (context, repository, _) => WithPullRequest(context, repository, p => JsonAsync(context, PullRequest(repository, p))));
        Repository("POST", one + "/merge", "Do! MergeCommitID MergeMessageField MergeTitleField delete_branch_after_merge:boolean force_merge:boolean head_commit_id merge_when_checks_succeed:boolean", (context, repository, body) =>
            WithPullRequest(context, repository, p => MergeAsync(context, p, body)));
    }

    private JsonObject PullRequest(GiteaRepository repository, GiteaPullRequest request) => new()
    {
        ["id"] = 9000 + request.Number,
        ["number"] = request.Number,
        ["title"] = request.Title,
        ["body"] = request.Body,
        ["state"] = request.State,
        ["merged"] = request.IsMerged,
        ["mergeable"] = !request.HasConflict,
        ["html_url"] = $"{Url}/{repository.Owner}/{repository.Name}/pulls/{request.Number}",
        ["head"] = new JsonObject { ["label"] = request.Head, ["ref"] = request.Head, ["sha"] = request.Sha },
        ["base"] = new JsonObject { ["label"] = request.Base, ["ref"] = request.Base, ["sha"] = new string('b', 40) },
    };

    private Task WithPullRequest(HttpContext context, GiteaRepository repository, Func<GiteaPullRequest, Task> handler) =>
        repository.PullRequests.Find(p => p.Number == Number(context, "index")) is { } found ? handler(found) : ErrorAsync(context, 404, "The target couldn't be found.");

    private Task OpenAsync(HttpContext context, GiteaRepository repository, JsonObject body)
    {
        string head = body["head"]?.GetValue<string>() ?? "";
        string target = body["base"]?.GetValue<string>() ?? "";
        GiteaPullRequest created;
        lock (repository.Gate)
        {
            if (repository.PullRequests.Exists(p => p.State == "open" && p.Head == head && p.Base == target))
                return ErrorAsync(context, 409, "pull request already exists for these targets");
            created = new GiteaPullRequest
            {
                Number = repository.PullRequests.Select(p => p.Number).Append(0).Max() + 1,
                Sha = new string('c', 40),
                Head = head,
                Base = target,
                Title = body["title"]?.GetValue<string>() ?? "",
                Body = body["body"]?.GetValue<string>() ?? "",
                HasChecks = HasNextChecks,
            };
            repository.PullRequests.Add(created);
        }

        return JsonAsync(context, PullRequest(repository, created), 201);
    }

    private Task MergeAsync(HttpContext context, GiteaPullRequest request, JsonObject body)
    {
        if (request.Tries > 0)
        {
            request.Tries--;
            return ErrorAsync(context, 405, "Please try again later");
        }

        if (request.HasConflict)
            return ErrorAsync(context, 409, "merge conflict");
        if (request.IsMerged)
            return ErrorAsync(context, 405, "The PR is already merged");
        if (request.Merge is not null)
            return ErrorAsync(context, 409, "pull request is already scheduled to auto merge when checks succeed");
        request.Merge = body["Do"]?.GetValue<string>();
        if (request.HasChecks && body["merge_when_checks_succeed"]?.GetValue<bool>() == true)
        {
            context.Response.StatusCode = 201;
            return Task.CompletedTask;
        }

        (request.IsMerged, request.State) = (true, "closed");
        context.Response.StatusCode = 200;
        return Task.CompletedTask;
    }
}
