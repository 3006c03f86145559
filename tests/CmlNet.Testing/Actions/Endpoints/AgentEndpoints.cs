using System.Globalization;
using System.Text.Json.Nodes;
using CmlNet.Testing.Actions.State;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;

namespace CmlNet.Testing.Actions.Endpoints;

/// <summary>JIT configurations and the list of runners, as the Actions service has them.</summary>
internal static class AgentEndpoints
{
    private const string Agents = "/tenant-1/_apis/distributedtask/pools/0/agents";

    public static void Map(WebApplication app, FakeActionsService fake)
    {
        app.MapPost(ScaleSetEndpoints.Root + "/{id:int}/generatejitconfig", context => ScaleSetEndpoints.WithSet(context, fake, set => GenerateAsync(context, fake, set)));
        app.MapGet(Agents, context => ScaleSetEndpoints.WithAdmin(context, fake, () => ActionsReply.JsonAsync(context, fake, List(fake, context.Request.Query["agentName"].ToString()))));
        app.MapGet(Agents + "/{id:int}", context => WithAgent(context, fake, agent => agent is null
            ? ActionsReply.ErrorAsync(context, fake, 404, "AgentNotFoundException", "No agent found.")
            : ActionsReply.JsonAsync(context, fake, Describe(agent))));
        app.MapDelete(Agents + "/{id:int}", context => WithAgent(context, fake, agent => RemoveAsync(context, fake, agent)));
    }

    private static async Task GenerateAsync(HttpContext context, FakeActionsService fake, FakeScaleSet set)
    {
        JsonNode? body = await ActionsReply.BodyAsync(context);
        string name = (string?)body?["name"] ?? "";
        if (fake.State.AddAgent(name, set.Id, set.Labels) is not { } agent)
        {
            await ActionsReply.ErrorAsync(context, fake, 409, "AgentExistsException", $"An agent named {name} already exists.");
            return;
        }

        agent.WorkFolder = (string?)body?["workFolder"] ?? "";
        await ActionsReply.JsonAsync(context, fake, new JsonObject { ["runner"] = Describe(agent), ["encodedJITConfig"] = AgentJit.Write(fake, agent) });
    }

    private static Task WithAgent(HttpContext context, FakeActionsService fake, Func<FakeAgent?, Task> next) => ScaleSetEndpoints.WithAdmin(context, fake, () =>
    {
        int id = int.Parse((string)context.Request.RouteValues["id"]!, CultureInfo.InvariantCulture); // constrained by the route
        return next(fake.State.Read(() => fake.State.Agents.Find(agent => agent.Id == id)));
    });

    private static Task RemoveAsync(HttpContext context, FakeActionsService fake, FakeAgent? agent)
    {
        bool isBusy = fake.State.Change(() => agent is { IsBusy: true } || (agent is not null && !fake.State.Agents.Remove(agent) && false));
        return isBusy
            ? ActionsReply.ErrorAsync(context, fake, 400, "JobStillRunningException", $"The runner {agent!.Name} is still running a job.") // busy, so there
            : ActionsReply.EmptyAsync(context, 204);
    }

    private static JsonObject List(FakeActionsService fake, string name)
    {
        JsonArray found = fake.State.Read(() => new JsonArray([.. fake.State.Agents.Where(agent => name.Length == 0 || agent.Name == name).Select(agent => (JsonNode)Describe(agent))]));
        return new JsonObject { ["count"] = found.Count, ["value"] = found };
    }

    private static JsonObject Describe(FakeAgent agent) => new()
    {
        ["id"] = agent.Id,
        ["name"] = agent.Name,
        ["runnerScaleSetId"] = agent.ScaleSetId,
        ["status"] = agent.IsOnline ? "online" : "offline",
        ["busy"] = agent.IsBusy,
    };
}
