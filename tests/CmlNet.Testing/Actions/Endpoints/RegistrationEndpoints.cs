using System.Globalization;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;

namespace CmlNet.Testing.Actions.Endpoints;

/// <summary>From an App's key or a token to the token of the Actions service.</summary>
internal static class RegistrationEndpoints
{
    public static void Map(WebApplication app, FakeActionsService fake)
    {
        app.MapPost("/api/v3/app/installations/{id}/access_tokens", context => AppTokenAsync(context, fake));
        foreach (string scope in (string[])["orgs/{org}", "repos/{owner}/{repo}", "enterprises/{enterprise}"])
            app.MapPost($"/api/v3/{scope}/actions/runners/registration-token", context => RegistrationTokenAsync(context, fake));
        app.MapPost("/api/v3/actions/runner-registration", context => RegisterAsync(context, fake));
    }

    private static Task AppTokenAsync(HttpContext context, FakeActionsService fake)
    {
        if (fake.App is not { } known)
            return ActionsReply.TextAsync(context, 404, """{"message":"Integration not found"}""");
        if (fake.Tokens.FindDefect(ActionsReply.Credential(context, "Bearer"), known.ClientId, known.Key) is { } defect)
            return ActionsReply.TextAsync(context, 401, new JsonObject { ["message"] = defect }.ToJsonString());
        string token = "ghs_" + Guid.NewGuid().ToString("N");
        fake.Allow(token, isInstallation: true);
        return ActionsReply.JsonAsync(context, fake, new JsonObject { ["token"] = token, ["expires_at"] = Moment(fake, TimeSpan.FromHours(1)), ["permissions"] = Describe(fake.Permissions) }, 201);
    }

    private static JsonObject Describe(IReadOnlyDictionary<string, string> permissions)
    {
        var described = new JsonObject();
        foreach ((string name, string level) in permissions)
            described[name] = level;
        return described;
    }

    private static Task RegistrationTokenAsync(HttpContext context, FakeActionsService fake)
    {
        if (!fake.PersonalTokens.ContainsKey(ActionsReply.Credential(context, "Bearer")))
            return ActionsReply.TextAsync(context, 401, """{"message":"Bad credentials"}""");
        return ActionsReply.JsonAsync(context, fake, new JsonObject { ["token"] = fake.Tokens.Issue("registration", TimeSpan.FromHours(1), TimeSpan.Zero), ["expires_at"] = Moment(fake, TimeSpan.FromHours(1)) }, 201);
    }

    private static async Task RegisterAsync(HttpContext context, FakeActionsService fake)
    {
        if (!fake.Tokens.IsValid(ActionsReply.Credential(context, "RemoteAuth"), "registration", TimeSpan.Zero))
        {
            await ActionsReply.TextAsync(context, 401, "Unauthorized");
            return;
        }

        JsonNode? body = await ActionsReply.BodyAsync(context);
        if ((string?)body?["runner_event"] != "register" || (string?)body["url"] is not { Length: > 0 })
            fake.Complaints.Enqueue($"runner-registration got {body?.ToJsonString()}");
        await ActionsReply.JsonAsync(context, fake, new JsonObject { ["url"] = fake.Url + "/tenant-1/", ["token"] = fake.Tokens.Issue("admin", fake.Behavior.AdminTokenLifetime, fake.Behavior.ClockSkew) });
    }

    private static string Moment(FakeActionsService fake, TimeSpan later) => (fake.Time.GetUtcNow() + later).UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", CultureInfo.InvariantCulture);
}
