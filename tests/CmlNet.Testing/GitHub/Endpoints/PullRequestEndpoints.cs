using System.Text.Json.Nodes;
using CmlNet.Testing.GitHub.Json;
using CmlNet.Testing.GitHub.State;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace CmlNet.Testing.GitHub.Endpoints;

/// <summary>Opening, reading and merging pull requests.</summary>
internal static class PullRequestEndpoints
{
    public static void Map(IEndpointRouteBuilder app, FakeGitHub fake)
    {
        app.Repository(fake, "POST", "/pulls", (context, repository) => CreateAsync(fake, context, repository));
        app.Repository(fake, "GET", "/pulls/{pull_number}", (context, repository) => WithPullRequestAsync(context, repository, "read", p => Reply.JsonAsync(context, PullRequestJson.Full(fake, repository, p))));
        app.Repository(fake, "PUT", "/pulls/{pull_number}/merge", (context, repository) => WithPullRequestAsync(context, repository, "write", p => MergeAsync(context, p)));
    }

    private static async Task WithPullRequestAsync(HttpContext context, FakeRepository repository, string level, Func<FakePullRequest, Task> handler)
    {
        if (!await Reply.IsAllowedAsync(context, level, "pull-requests"))
            return;
        FakePullRequest? found = repository.PullRequests.Find(p => p.Number == context.Number("pull_number"));
        await (found is null ? Reply.NotFoundAsync(context) : handler(found));
    }

    private static async Task CreateAsync(FakeGitHub fake, HttpContext context, FakeRepository repository)
    {
        if (!await Reply.IsAllowedAsync(context, "write", "pull-requests"))
            return;
        JsonObject body = await Reply.BodyAsync(context) ?? [];
        string head = body["head"]?.GetValue<string>() ?? "";
        string target = body["base"]?.GetValue<string>() ?? "";
        FakePullRequest created;
        lock (repository.Gate)
        {
            if (repository.PullRequests.Exists(p => p.State == "open" && p.HeadRef == head && p.BaseRef == target))
                created = null!; // answered below
            else
            {
                created = new FakePullRequest
                {
                    Number = repository.PullRequests.Select(p => p.Number).Append(0).Max() + 1,
                    HeadRef = head,
                    HeadSha = new string('c', 40),
                    BaseRef = target,
                    Title = body["title"]?.GetValue<string>() ?? "",
                    Body = body["body"]?.GetValue<string>() ?? "",
                    Author = Reply.TokenOf(context).Login,
                };
                repository.PullRequests.Add(created);
            }
        }

        await (created is null
            ? Reply.InvalidAsync(context, "PullRequest", "head", $"A pull request already exists for {repository.Owner}:{head}.")
            : Reply.JsonAsync(context, PullRequestJson.Full(fake, repository, created), 201));
    }

    private static async Task MergeAsync(HttpContext context, FakePullRequest pullRequest)
    {
        if (pullRequest.State != "open")
        {
            await Reply.ErrorAsync(context, 405, "Pull Request is not mergeable");
            return;
        }

        pullRequest.MergedBy = (await Reply.BodyAsync(context))?["merge_method"]?.GetValue<string>() ?? "merge";
        pullRequest.State = "closed";
        await Reply.JsonAsync(context, new JsonObject { ["sha"] = new string('d', 40), ["merged"] = true, ["message"] = "Pull Request successfully merged" });
    }
}
