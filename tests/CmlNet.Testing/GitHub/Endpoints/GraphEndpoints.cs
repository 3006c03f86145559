using System.Text.Json.Nodes;
using CmlNet.Testing.GitHub.State;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace CmlNet.Testing.GitHub.Endpoints;

/// <summary>The GraphQL mutations that have no counterpart in REST, known by their names.</summary>
internal static class GraphEndpoints
{
    public const string Path = "/api/graphql";

    public static void Map(IEndpointRouteBuilder app, FakeGitHub fake) => app.MapMethods(Path, ["POST"], context => AnswerAsync(fake, context));

    private static async Task AnswerAsync(FakeGitHub fake, HttpContext context)
    {
        JsonObject body = await Reply.BodyAsync(context) ?? [];
        string query = body["query"]?.GetValue<string>() ?? "";
        string id = body["variables"]?["id"]?.GetValue<string>() ?? "";
        if (query.Contains("enablePullRequestAutoMerge(", StringComparison.Ordinal))
            await AutoMergeAsync(fake, context, id, body["variables"]?["method"]?.GetValue<string>() ?? "");
        else if (query.Contains("minimizeComment(", StringComparison.Ordinal))
            await MinimizeAsync(fake, context, id);
        else
            await ErrorAsync(context, "Field doesn't exist on type 'Mutation'");
    }

    private static Task AutoMergeAsync(FakeGitHub fake, HttpContext context, string id, string method)
    {
        foreach (FakeRepository repository in fake.Repositories.Values)
        {
            if (repository.PullRequests.Find(p => p.NodeId == id) is not { } pullRequest)
                continue;
            if (repository.AutoMergeRefusal is { } refusal)
                return ErrorAsync(context, refusal);
            pullRequest.AutoMerge = method;
            return Reply.JsonAsync(context, new JsonObject { ["data"] = new JsonObject { ["enablePullRequestAutoMerge"] = new JsonObject { ["clientMutationId"] = null } } });
        }

        return ErrorAsync(context, $"Could not resolve to a node with the global id of '{id}'");
    }

    private static Task MinimizeAsync(FakeGitHub fake, HttpContext context, string id)
    {
        FakeComment? comment = fake.Repositories.Values.SelectMany(r => r.Comments).FirstOrDefault(c => c.NodeId == id);
        if (comment is null)
            return ErrorAsync(context, $"Could not resolve to a node with the global id of '{id}'");
        comment.IsMinimized = true;
        return Reply.JsonAsync(context, new JsonObject { ["data"] = new JsonObject { ["minimizeComment"] = new JsonObject { ["clientMutationId"] = null } } });
    }

    private static Task ErrorAsync(HttpContext context, string message) => Reply.JsonAsync(context, new JsonObject
    {
        ["data"] = null,
        ["errors"] = new JsonArray(new JsonObject { ["type"] = "UNPROCESSABLE", ["message"] = message }),
    });
}
