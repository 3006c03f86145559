using System.Text.Json.Nodes;
using CmlNet.Testing.GitHub.Json;
using CmlNet.Testing.GitHub.State;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace CmlNet.Testing.GitHub.Endpoints;

/// <summary>Repositories, pull requests and users.</summary>
internal static class RepositoryEndpoints
{
    public static void Map(IEndpointRouteBuilder app, FakeGitHub fake)
    {
        app.MapMethods("/user", ["GET"], context => UserAsync(fake, context));
        app.MapMethods("/users/{username}", ["GET"], context => Reply.JsonAsync(context, AccountJson.Full(fake, context.Text("username"))));
        app.Repository(fake, "GET", "", (context, repository) => Reply.JsonAsync(context, RepositoryJson.Full(fake, repository)));
        app.Repository(fake, "GET", "/commits/{commit_sha}/pulls", (context, repository) => PullRequestsOfAsync(fake, context, repository));
        app.Repository(fake, "GET", "/pulls", (context, repository) => PullRequestsAsync(fake, context, repository));
    }

    private static Task UserAsync(FakeGitHub fake, HttpContext context)
    {
        FakeToken token = Reply.TokenOf(context);
        return token.IsInstallation
            ? Reply.ErrorAsync(context, 403, "Resource not accessible by integration")
            : Reply.JsonAsync(context, AccountJson.Full(fake, token.Login));
    }

    /// <summary>GitHub takes no <c>state</c> here: it answers closed pull requests too.</summary>
    private static async Task PullRequestsOfAsync(FakeGitHub fake, HttpContext context, FakeRepository repository)
    {
        string sha = context.Text("commit_sha");
        if (!await Reply.IsAllowedAsync(context, "read", "pull-requests"))
            return;
        if (!repository.HasCommit(sha))
        {
            await Reply.ErrorAsync(context, 422, $"No commit found for SHA: {sha}");
            return;
        }

        await PageAsync(fake, context, repository, p => p.HeadSha == sha || p.Commits.Contains(sha));
    }

    private static Task PullRequestsAsync(FakeGitHub fake, HttpContext context, FakeRepository repository)
    {
        string state = context.Request.Query["state"].ToString() is { Length: > 0 } asked ? asked : "open";
        return PageAsync(fake, context, repository, p => state == "all" || p.State == state);
    }

    private static Task PageAsync(FakeGitHub fake, HttpContext context, FakeRepository repository, Func<FakePullRequest, bool> filter)
    {
        List<JsonNode> all;
        lock (repository.Gate)
            all = [.. repository.PullRequests.Where(filter).OrderByDescending(p => p.Number).Select(p => PullRequestJson.Render(fake, repository, p))];
        return Reply.PageAsync(context, all);
    }
}
