using System.Globalization;
using System.Text.Json.Nodes;
using CmlNet.Testing.Actions.State;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;

namespace CmlNet.Testing.Actions.Endpoints;

/// <summary>The message queue of a session, and acquiring jobs.</summary>
internal static class QueueEndpoints
{
    public static void Map(WebApplication app, FakeActionsService fake)
    {
        app.MapGet("/queue/{id:int}/messages", context => WithQueue(context, fake, set => PollAsync(context, fake, set)));
        app.MapDelete("/queue/{id:int}/messages/{message:long}", context => WithQueue(context, fake, set =>
        {
            long message = long.Parse((string)context.Request.RouteValues["message"]!, CultureInfo.InvariantCulture); // constrained by the route
            fake.State.Change(() => set.Envelopes.Remove(message));
            return ActionsReply.EmptyAsync(context, 204);
        }));
        app.MapPost(ScaleSetEndpoints.Root + "/{id:int}/acquirejobs", context => WithQueue(context, fake, set => AcquireAsync(context, fake, set), demandsSession: false));
    }

    private static Task WithQueue(HttpContext context, FakeActionsService fake, Func<FakeScaleSet, Task> next, bool demandsSession = true)
    {
        if (!fake.Tokens.IsValid(ActionsReply.Credential(context, "Bearer"), "queue", fake.Behavior.ClockSkew))
            return ActionsReply.ErrorAsync(context, fake, 401, "MessageQueueTokenExpiredException", "The message queue token is expired.");
        int id = int.Parse((string)context.Request.RouteValues["id"]!, CultureInfo.InvariantCulture); // constrained by the route
        FakeScaleSet? set = fake.State.Read(() => fake.State.ScaleSets.Find(candidate => candidate.Id == id));
        return set is null || (demandsSession && set.Session?.ToString() != context.Request.Query["sessionId"].ToString())
            ? ActionsReply.ErrorAsync(context, fake, 404, "RunnerScaleSetSessionNotFoundException", "The session does not exist.")
            : next(set);
    }

    private static async Task PollAsync(HttpContext context, FakeActionsService fake, FakeScaleSet set)
    {
        if (!int.TryParse(context.Request.Headers["X-ScaleSetMaxCapacity"].ToString(), CultureInfo.InvariantCulture, out int capacity))
            fake.Complaints.Enqueue("a poll came without X-ScaleSetMaxCapacity");
        if (!context.Request.Headers.Accept.ToString().Contains("api-version=6.0-preview", StringComparison.Ordinal))
            fake.Complaints.Enqueue("a poll came without api-version in Accept");
        long after = long.TryParse(context.Request.Query["lastMessageId"].ToString(), CultureInfo.InvariantCulture, out long last) ? last : 0;
        fake.State.Change(() =>
        {
            set.SessionUsed = fake.Time.GetUtcNow();
            set.Capacities.Add(capacity);
            return set.Capacity = capacity;
        });
        if (fake.Behavior.EmptyPolls > 0)
        {
            fake.Behavior.EmptyPolls--;
            await ActionsReply.EmptyAsync(context, 200);
            return;
        }

        JsonObject? envelope = await fake.State.WaitAsync(() => set.Next(after) is { } next ? Envelope(fake, set, next.Id, next.Messages) : null, fake.Behavior.PollTime, context.RequestAborted);
        if (envelope is null)
            await ActionsReply.EmptyAsync(context, 202);
        else
            await ActionsReply.JsonAsync(context, fake, envelope);
    }

    private static JsonObject Envelope(FakeActionsService fake, FakeScaleSet set, long id, JsonArray messages)
    {
        IEnumerable<JsonNode> inner = messages.Select(message => message!.DeepClone()); // no nulls were put in
        return new JsonObject
        {
            ["messageId"] = id,
            ["messageType"] = "RunnerScaleSetJobMessages",
            ["body"] = new JsonArray([.. fake.Behavior.ReversesMessages ? inner.Reverse() : inner]).ToJsonString(),
            ["statistics"] = fake.State.Statistics(set),
        };
    }

    private static async Task AcquireAsync(HttpContext context, FakeActionsService fake, FakeScaleSet set)
    {
        JsonNode? body = await ActionsReply.BodyAsync(context);
        long[] asked = [.. (body as JsonArray ?? []).Select(id => (long)id!)]; // numbers, or the client is broken
        JsonArray acquired = fake.State.Change(() =>
        {
            var got = new JsonArray();
            foreach (FakeJob job in fake.State.Jobs.Where(job => asked.Contains(job.RequestId) && job.State == FakeJobState.Available && fake.State.SetOf(job) == set).ToList())
            {
                fake.State.Acquire(job);
                got.Add(job.RequestId);
            }

            return got;
        });
        await ActionsReply.JsonAsync(context, fake, new JsonObject { ["count"] = acquired.Count, ["value"] = acquired });
    }
}
