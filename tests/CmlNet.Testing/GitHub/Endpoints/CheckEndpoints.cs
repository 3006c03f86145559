using System.Text;
using System.Text.Json.Nodes;
using CmlNet.Testing.GitHub.Json;
using CmlNet.Testing.GitHub.State;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace CmlNet.Testing.GitHub.Endpoints;

/// <summary>Check runs. Only tokens of Apps may write them.</summary>
internal static class CheckEndpoints
{
    private const int LargestText = 65535;
    private const int MostAnnotations = 50;
    private const int MostActions = 3;
    private const int LongestDescription = 140;

    public static void Map(IEndpointRouteBuilder app, FakeGitHub fake)
    {
        app.Repository(fake, "POST", "/check-runs", (context, repository) => CreateAsync(fake, context, repository));
        app.Repository(fake, "PATCH", "/check-runs/{check_run_id}", (context, repository) => UpdateAsync(fake, context, repository));
        app.Repository(fake, "GET", "/check-runs/{check_run_id}", (context, repository) =>
            repository.CheckRuns.Find(c => c.Id == context.Number("check_run_id")) is { } check ? Reply.JsonAsync(context, CheckJson.Render(fake, repository, check)) : Reply.NotFoundAsync(context));
        app.Repository(fake, "POST", "/statuses/{sha}", (context, repository) => SetStatusAsync(fake, context, repository));
        app.Repository(fake, "GET", "/commits/{ref}/check-runs", (context, repository) => ListAsync(fake, context, repository));
    }

    private static async Task CreateAsync(FakeGitHub fake, HttpContext context, FakeRepository repository)
    {
        if (!await IsAllowedAsync(context) || await Reply.BodyAsync(context) is not { } body)
            return;
        string sha = body["head_sha"]?.GetValue<string>() ?? "";
        if (!repository.HasCommit(sha) || body["name"] is null)
        {
            await Reply.ErrorAsync(context, 422, $"No commit found for SHA: {sha}");
            return;
        }

        var check = new FakeCheckRun { Id = repository.NextId(), HeadSha = sha, Name = body["name"]!.GetValue<string>() };
        if (!await TryApplyAsync(context, body, check))
            return;
        lock (repository.Gate)
            repository.CheckRuns.Add(check);
        await Reply.JsonAsync(context, CheckJson.Render(fake, repository, check), 201);
    }

    private static async Task UpdateAsync(FakeGitHub fake, HttpContext context, FakeRepository repository)
    {
        if (!await IsAllowedAsync(context) || await Reply.BodyAsync(context) is not { } body)
            return;
        FakeCheckRun? check;
        lock (repository.Gate)
            check = repository.CheckRuns.Find(c => c.Id == context.Number("check_run_id"));
        if (check is null)
            await Reply.NotFoundAsync(context);
        else if (await TryApplyAsync(context, body, check))
            await Reply.JsonAsync(context, CheckJson.Render(fake, repository, check));
    }

    private static Task ListAsync(FakeGitHub fake, HttpContext context, FakeRepository repository)
    {
        string name = context.Request.Query["check_name"].ToString();
        List<JsonNode> all;
        lock (repository.Gate)
            all = [.. repository.CheckRuns.Where(c => c.HeadSha == context.Text("ref") && (name.Length == 0 || c.Name == name)).Select(c => CheckJson.Render(fake, repository, c))];
        return Reply.PageAsync(context, all, items => new JsonObject { ["total_count"] = all.Count, ["check_runs"] = items });
    }

    private static async Task SetStatusAsync(FakeGitHub fake, HttpContext context, FakeRepository repository)
    {
        if (!await Reply.IsAllowedAsync(context, "write", "statuses") || await Reply.BodyAsync(context) is not { } body)
            return;
        if (!repository.HasCommit(context.Text("sha")) || (Text(body, "description")?.Length ?? 0) > LongestDescription)
        {
            await Reply.InvalidAsync(context, "Status", "sha", "No commit found, or the description is too long");
            return;
        }

        var status = new FakeStatus(context.Text("sha"), Text(body, "state") ?? "", Text(body, "context") ?? "default", Text(body, "description"), Text(body, "target_url"));
        lock (repository.Gate)
            repository.Statuses.Add(status);
        await Reply.JsonAsync(context, StatusJson.Render(fake, repository, status, repository.NextId()), 201);
    }

    private static async Task<bool> IsAllowedAsync(HttpContext context)
    {
        if (!Reply.TokenOf(context).IsInstallation)
        {
            await Reply.ErrorAsync(context, 403, "You must authenticate via a GitHub App.");
            return false;
        }

        return await Reply.IsAllowedAsync(context, "write", "checks");
    }

    private static async Task<bool> TryApplyAsync(HttpContext context, JsonObject body, FakeCheckRun check)
    {
        JsonObject? output = body["output"] as JsonObject;
        int size = Encoding.UTF8.GetByteCount(output?["summary"]?.GetValue<string>() ?? "");
        if (size > LargestText)
        {
            await Reply.ErrorAsync(context, 422, "Validation Failed", [new JsonObject { ["resource"] = "CheckRun", ["code"] = "custom", ["field"] = "summary", ["message"] = "summary exceeds a maximum bytesize of 65535" }]);
            return false;
        }

        JsonArray annotations = output?["annotations"] as JsonArray ?? [];
        JsonArray actions = body["actions"] as JsonArray ?? [];
        if (annotations.Count > MostAnnotations || actions.Count > MostActions)
        {
            await Reply.ErrorAsync(context, 422, "Validation Failed", [new JsonObject { ["resource"] = "CheckRun", ["code"] = "custom", ["field"] = "annotations", ["message"] = "annotations exceeds a maximum quantity of 50" }]);
            return false;
        }

        check.Annotations.AddRange(annotations.Select(a => a!.DeepClone().AsObject()));
        if (actions.Count > 0)
            check.Actions = actions.DeepClone().AsArray();
        check.Name = Text(body, "name") ?? check.Name;
        check.StartedAt = Text(body, "started_at") ?? check.StartedAt;
        check.CompletedAt = Text(body, "completed_at") ?? check.CompletedAt;
        check.ExternalId = Text(body, "external_id") ?? check.ExternalId;
        check.DetailsUrl = Text(body, "details_url") ?? check.DetailsUrl;
        check.Conclusion = Text(body, "conclusion") ?? check.Conclusion;
        // Telling a conclusion completes the run, whatever status comes with it.
        check.Status = Text(body, "conclusion") is null ? Text(body, "status") ?? check.Status : "completed";
        if (output is not null)
            check.Output = output.DeepClone().AsObject();
        return true;
    }

    private static string? Text(JsonObject body, string name) => body[name]?.GetValue<string>();
}
