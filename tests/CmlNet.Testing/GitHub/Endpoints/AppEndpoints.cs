using System.Text.Json.Nodes;
using CmlNet.Testing.GitHub.Json;
using CmlNet.Testing.GitHub.State;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace CmlNet.Testing.GitHub.Endpoints;

/// <summary>Installations of Apps, their tokens, and the rate limits.</summary>
internal static class AppEndpoints
{
    public static void Map(IEndpointRouteBuilder app, FakeGitHub fake)
    {
        app.Repository(fake, "GET", "/installation", (context, _) => WithAppAsync(context, proven => Reply.JsonAsync(context, Installation(fake, proven))));
        app.MapMethods("/app/installations/{installation_id}/access_tokens", ["POST"], context => WithAppAsync(context, proven => TokenAsync(fake, context, proven)));
        app.MapMethods("/rate_limit", ["GET"], context => Reply.JsonAsync(context, Limits()));
    }

    private static Task WithAppAsync(HttpContext context, Func<FakeApp, Task> handler) =>
        context.Items[Exchanger.AppItem] is FakeApp app ? handler(app) : Reply.ErrorAsync(context, 401, "A JSON web token could not be decoded");

    private static Task TokenAsync(FakeGitHub fake, HttpContext context, FakeApp app)
    {
        DateTimeOffset expires = fake.TokenTime.AddHours(1);
        string token = $"ghs_installation_{fake.Tokens.Count}";
        fake.Tokens[token] = new FakeToken
        {
            Login = app.Slug + "[bot]",
            ExpiresAt = expires,
            Permissions = app.Permissions.ToDictionary(p => p.Key.Replace('_', '-'), p => p.Value, StringComparer.Ordinal),
        };
        return Reply.JsonAsync(context, new JsonObject { ["token"] = token, ["expires_at"] = Moment.Render(expires), ["permissions"] = Permissions(app), ["repository_selection"] = "selected" }, 201);
    }

    private static JsonObject Installation(FakeGitHub fake, FakeApp app) => new()
    {
        ["id"] = app.InstallationId,
        ["account"] = AccountJson.Simple(fake, "octocat"),
        ["repository_selection"] = "selected",
        ["access_tokens_url"] = $"{fake.ApiUrl}/app/installations/{app.InstallationId}/access_tokens",
        ["repositories_url"] = $"{fake.ApiUrl}/installation/repositories",
        ["html_url"] = $"{fake.Url}/settings/installations/{app.InstallationId}",
        ["app_id"] = 1,
        ["target_id"] = 1,
        ["target_type"] = "User",
        ["permissions"] = Permissions(app),
        ["events"] = new JsonArray(),
        ["created_at"] = "2026-01-01T00:00:00Z",
        ["updated_at"] = "2026-01-01T00:00:00Z",
        ["single_file_name"] = null,
        ["app_slug"] = app.Slug,
        ["suspended_at"] = null,
        ["suspended_by"] = null,
    };

    private static JsonObject Permissions(FakeApp app) => new(app.Permissions.Select(p => KeyValuePair.Create(p.Key, (JsonNode?)p.Value)));

    private static JsonObject Limits()
    {
        JsonObject Limit() => new() { ["limit"] = 5000, ["remaining"] = 4999, ["reset"] = 1893456000, ["used"] = 1 };
        return new JsonObject { ["resources"] = new JsonObject { ["core"] = Limit(), ["search"] = Limit() }, ["rate"] = Limit() };
    }
}
