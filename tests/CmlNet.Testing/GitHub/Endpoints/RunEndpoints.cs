using System.Text.Json.Nodes;
using CmlNet.Testing.GitHub.Json;
using CmlNet.Testing.GitHub.State;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace CmlNet.Testing.GitHub.Endpoints;

/// <summary>Workflow runs.</summary>
internal static class RunEndpoints
{
    public static void Map(IEndpointRouteBuilder app, FakeGitHub fake)
    {
        app.Repository(fake, "GET", "/actions/runs/{run_id}", (context, repository) => WithRunAsync(context, repository, "read", run => ReadAsync(fake, context, repository, run)));
        app.Repository(fake, "POST", "/actions/runs/{run_id}/cancel", (context, repository) => WithRunAsync(context, repository, "write", run => CancelAsync(context, run)));
        app.Repository(fake, "POST", "/actions/runs/{run_id}/rerun", (context, repository) => WithRunAsync(context, repository, "write", run => RerunAsync(context, run)));
    }

    private static async Task WithRunAsync(HttpContext context, FakeRepository repository, string level, Func<FakeRun, Task> handler)
    {
        if (!await Reply.IsAllowedAsync(context, level, "actions"))
            return;
        FakeRun? run = repository.Runs.Find(r => r.Id == context.Number("run_id"));
        await (run is null ? Reply.NotFoundAsync(context) : handler(run));
    }

    private static Task ReadAsync(FakeGitHub fake, HttpContext context, FakeRepository repository, FakeRun run)
    {
        if (run.IsCancelling && run.ReadsUntilCancelled-- <= 0)
            (run.IsCancelling, run.Status) = (false, "completed");
        return Reply.JsonAsync(context, RunJson.Render(fake, repository, run));
    }

    private static Task CancelAsync(HttpContext context, FakeRun run)
    {
        if (run.Status == "completed")
            return Reply.ErrorAsync(context, 409, "Cannot cancel a workflow run that is completed");
        run.IsCancelling = true;
        return Reply.JsonAsync(context, new JsonObject(), 202);
    }

    private static Task RerunAsync(HttpContext context, FakeRun run)
    {
        if (run.Status != "completed")
            return Reply.ErrorAsync(context, 403, "This workflow run cannot be rerun since it is still running");
        (run.Status, run.Attempt) = ("queued", run.Attempt + 1);
        return Reply.JsonAsync(context, new JsonObject(), 201);
    }
}
