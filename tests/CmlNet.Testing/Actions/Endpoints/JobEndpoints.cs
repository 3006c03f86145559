using System.Globalization;
using CmlNet.Testing.Actions.State;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;

namespace CmlNet.Testing.Actions.Endpoints;

/// <summary>What the runner in a container talks to; its protocol is the fake's own, made for a few lines of shell.</summary>
internal static class JobEndpoints
{
    public static void Map(WebApplication app, FakeActionsService fake)
    {
        app.MapGet("/runner/{id:int}/hello", context => WithAgent(context, fake, agent =>
        {
            fake.State.Change(() => agent.IsOnline = true);
            return ActionsReply.TextAsync(context, 200, "hello");
        }));
        app.MapGet("/runner/{id:int}/bye", context => WithAgent(context, fake, agent =>
        {
            fake.State.Change(() => agent.IsOnline = false);
            return ActionsReply.TextAsync(context, 200, "bye");
        }));
        app.MapGet("/runner/{id:int}/job", context => WithAgent(context, fake, agent => JobAsync(context, fake, agent)));
        app.MapGet("/runner/{id:int}/done/{result}", context => WithAgent(context, fake, agent => DoneAsync(context, fake, agent)));
    }

    private static Task WithAgent(HttpContext context, FakeActionsService fake, Func<FakeAgent, Task> next)
    {
        int id = int.Parse((string)context.Request.RouteValues["id"]!, CultureInfo.InvariantCulture); // constrained by the route
        FakeAgent? found = fake.State.Read(() => fake.State.Agents.Find(agent => agent.Id == id && agent.Secret == context.Request.Query["secret"].ToString()));
        return found is null ? ActionsReply.TextAsync(context, 404, "gone") : next(found);
    }

    // The job's text, or 204 after a moment without one.
    private static async Task JobAsync(HttpContext context, FakeActionsService fake, FakeAgent agent)
    {
        FakeJob? job = await fake.State.WaitAsync(() => fake.State.Take(agent), TimeSpan.FromSeconds(1), context.RequestAborted);
        if (job is not null)
            fake.State.Change(() => 0); // JobStarted is waiting for a poll
        await ActionsReply.TextAsync(context, job is null ? 204 : 200, job?.Script ?? "");
    }

    private static Task DoneAsync(HttpContext context, FakeActionsService fake, FakeAgent agent)
    {
        string result = (string)context.Request.RouteValues["result"]!; // demanded by the route
        fake.State.Change(() =>
        {
            if (agent.Job is { } job)
                fake.State.Complete(job, result);
            return 0;
        });
        return ActionsReply.TextAsync(context, 200, "done");
    }
}
