using System.Globalization;
using System.Text.Json.Nodes;
using CmlNet.Testing.Actions.State;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;

namespace CmlNet.Testing.Actions.Endpoints;

/// <summary>Runner groups, scale sets and their sessions.</summary>
internal static class ScaleSetEndpoints
{
    public const string Root = "/tenant-1/_apis/runtime/runnerscalesets";

    public static void Map(WebApplication app, FakeActionsService fake)
    {
        app.MapGet("/tenant-1/_apis/runtime/runnergroups", context => WithAdmin(context, fake, () => ActionsReply.JsonAsync(context, fake, Groups(context))));
        app.MapGet(Root, context => WithAdmin(context, fake, () => ActionsReply.JsonAsync(context, fake, List(fake, context.Request.Query["name"].ToString()))));
        app.MapPost(Root, context => WithAdmin(context, fake, () => CreateAsync(context, fake)));
        app.MapGet(Root + "/{id:int}", context => WithSet(context, fake, set => ActionsReply.JsonAsync(context, fake, Describe(fake, set))));
        app.MapPatch(Root + "/{id:int}", context => WithSet(context, fake, set => ActionsReply.JsonAsync(context, fake, Describe(fake, set))));
        app.MapDelete(Root + "/{id:int}", context => WithSet(context, fake, set =>
        {
            fake.State.Change(() => fake.State.ScaleSets.Remove(set));
            return ActionsReply.EmptyAsync(context, 204);
        }));
        app.MapPost(Root + "/{id:int}/sessions", context => WithSet(context, fake, set => OpenAsync(context, fake, set)));
        app.MapPatch(Root + "/{id:int}/sessions/{session}", context => WithSession(context, fake, set => ActionsReply.JsonAsync(context, fake, Session(fake, set))));
        app.MapDelete(Root + "/{id:int}/sessions/{session}", context => WithSession(context, fake, set =>
        {
            fake.State.Change(() => set.Session = null);
            return ActionsReply.EmptyAsync(context, 204);
        }));
    }

    /// <summary>Goes on with a token of the service; answers 401 without.</summary>
    public static Task WithAdmin(HttpContext context, FakeActionsService fake, Func<Task> next)
    {
        if (!context.Request.Headers.UserAgent.ToString().StartsWith('{'))
            fake.Complaints.Enqueue($"{context.Request.Path}: the user agent is not the JSON that is expected");
        return fake.Tokens.IsValid(ActionsReply.Credential(context, "Bearer"), "admin", fake.Behavior.ClockSkew)
            ? next()
            : ActionsReply.ErrorAsync(context, fake, 401, "AccessDeniedException", "The token is not valid.");
    }

    public static Task WithSet(HttpContext context, FakeActionsService fake, Func<FakeScaleSet, Task> next) => WithAdmin(context, fake, () =>
    {
        int id = int.Parse((string)context.Request.RouteValues["id"]!, CultureInfo.InvariantCulture); // constrained by the route
        return fake.State.Read(() => fake.State.ScaleSets.Find(set => set.Id == id)) is { } found
            ? next(found)
            : ActionsReply.ErrorAsync(context, fake, 404, "RunnerScaleSetNotFoundException", $"No runner scale set found with identifier {id}.");
    });

    private static Task WithSession(HttpContext context, FakeActionsService fake, Func<FakeScaleSet, Task> next) => WithSet(context, fake, set =>
        set.Session?.ToString() == (string?)context.Request.RouteValues["session"]
            ? next(set)
            : ActionsReply.ErrorAsync(context, fake, 404, "RunnerScaleSetSessionNotFoundException", "Attempted to update a session ID that doesn't exist in redis."));

    private static JsonObject Groups(HttpContext context)
    {
        string name = context.Request.Query["groupName"].ToString();
        JsonArray found = name.Equals("gpu", StringComparison.OrdinalIgnoreCase) ? [new JsonObject { ["id"] = 7, ["name"] = name, ["size"] = 0, ["isDefaultGroup"] = false }] : [];
        return new JsonObject { ["count"] = found.Count, ["value"] = found };
    }

    private static JsonObject List(FakeActionsService fake, string name)
    {
        JsonArray found = fake.State.Read(() => new JsonArray([.. fake.State.ScaleSets.Where(set => set.Name == name).Select(set => (JsonNode)Describe(fake, set))]));
        return new JsonObject { ["count"] = found.Count, ["value"] = found };
    }

    private static async Task CreateAsync(HttpContext context, FakeActionsService fake)
    {
        JsonNode? body = await ActionsReply.BodyAsync(context);
        string name = (string?)body?["name"] ?? "";
        if ((bool?)body?["RunnerSetting"]?["disableUpdate"] != true)
            fake.Complaints.Enqueue("a scale set was created without RunnerSetting.disableUpdate");
        FakeScaleSet? created = fake.State.AddScaleSet(name, [.. (body?["labels"]?.AsArray() ?? []).Select(label => (string?)label?["name"] ?? "")]);
        if (created is null)
            await ActionsReply.ErrorAsync(context, fake, 409, "RunnerScaleSetExistsException", $"The runner scale set {name} already exists.");
        else
            await ActionsReply.JsonAsync(context, fake, Describe(fake, created));
    }

    private static async Task OpenAsync(HttpContext context, FakeActionsService fake, FakeScaleSet set)
    {
        JsonNode? body = await ActionsReply.BodyAsync(context);
        bool isOpened = fake.State.Change(() =>
        {
            bool isForgotten = fake.Time.GetUtcNow() - set.SessionUsed > fake.Behavior.SessionPatience;
            if (set.Session is not null && fake.Behavior.RefusesSecondSession && !isForgotten)
                return false;
            (set.Session, set.SessionUsed) = (Guid.NewGuid(), fake.Time.GetUtcNow());
            set.SessionOwner = (string?)body?["ownerName"] ?? "";
            return true;
        });
        if (isOpened)
            await ActionsReply.JsonAsync(context, fake, Session(fake, set));
        else
            await ActionsReply.ErrorAsync(context, fake, 409, "RunnerScaleSetSessionConflictException", $"The actions runner scale set {set.Name} already has an active session.");
    }

    private static JsonObject Session(FakeActionsService fake, FakeScaleSet set) => new()
    {
        ["sessionId"] = set.Session.ToString(),
        ["ownerName"] = set.SessionOwner,
        ["runnerScaleSet"] = Describe(fake, set),
        ["messageQueueUrl"] = $"{fake.Url}/queue/{set.Id}/messages?sessionId={set.Session}",
        ["messageQueueAccessToken"] = fake.Tokens.Issue("queue", fake.Behavior.QueueTokenLifetime, fake.Behavior.ClockSkew),
        ["statistics"] = fake.State.Read(() => fake.State.Statistics(set)),
    };

    private static JsonObject Describe(FakeActionsService fake, FakeScaleSet set) => new()
    {
        ["id"] = set.Id,
        ["name"] = set.Name,
        ["runnerGroupId"] = 1,
        ["runnerGroupName"] = "Default",
        ["labels"] = new JsonArray([.. set.Labels.Select(label => (JsonNode)new JsonObject { ["id"] = 1, ["name"] = label, ["type"] = "System" })]),
        ["createdOn"] = "2026-01-01T00:00:00Z",
        ["runnerJitConfigUrl"] = $"{fake.Url}{Root}/{set.Id}/generatejitconfig",
        ["statistics"] = fake.State.Read(() => fake.State.Statistics(set)),
    };
}
