using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Http;

namespace CmlNet.Testing.GitLab;

/// <content>Pipelines, jobs, statuses.</content>
public sealed partial class FakeGitLab
{
    private void MapPipelines()
    {
        Project("GET", "/pipelines/{pipeline}", "", (context, project, _) => PipelineAsync(context, project, static status => status == "canceling" ? "canceled" : status, isLate: true));
        Project("POST", "/pipelines/{pipeline}/cancel", "", (context, project, _) => PipelineAsync(context, project, static _ => "canceling"));
        Project("POST", "/pipelines/{pipeline}/retry", "", (context, project, _) => PipelineAsync(context, project, static _ => "running"));
        Project("POST", "/jobs/{job}/retry", "", (context, project, _) => RetryAsync(context, project));
        Project("POST", "/statuses/{sha}", "state! name context description target_url ref pipeline_id:integer coverage:integer", SetStatusAsync);
        Project("GET", "/repository/commits/{sha}/statuses", "?name ?ref ?per_page ?page", (context, project, _) =>
        {
            string name = context.Request.Query["name"].ToString();
            IEnumerable<JsonNode> found = project.Statuses.Where(s => s.Key.Sha == Text(context, "sha") && s.Key.Name == name).Select(s => new JsonObject { ["id"] = 1, ["status"] = s.Value.State, ["name"] = name });
            return PageAsync(context, [.. found], "per_page", 20);
        });
    }

    /// <summary>A state that passes by itself is shown once.</summary>
    private Task PipelineAsync(HttpContext context, GitLabProject project, Func<string, string> change, bool isLate = false)
    {
        long id = Number(context, "pipeline");
        if (!project.Pipelines.TryGetValue(id, out string? status))
            return ErrorAsync(context, 404, "404 Not found");
        string next = change(status);
        project.Pipelines[id] = next;
        return JsonAsync(context, new JsonObject { ["id"] = id, ["status"] = isLate ? status : next }, context.Request.Method == "GET" ? 200 : 201);
    }

    private Task RetryAsync(HttpContext context, GitLabProject project)
    {
        long id = Number(context, "job");
        if (!project.Jobs.TryGetValue(id, out int retries))
            return ErrorAsync(context, 404, "404 Not found");
        project.Jobs[id] = retries + 1;
        return JsonAsync(context, new JsonObject { ["id"] = project.NextId(), ["status"] = "pending" }, 201);
    }

    private Task SetStatusAsync(HttpContext context, GitLabProject project, JsonObject body)
    {
        string state = body["state"]?.GetValue<string>() ?? "";
        string name = body["name"]?.GetValue<string>() ?? "default";
        string description = body["description"]?.GetValue<string>() ?? "";
        (string, string) key = (Text(context, "sha"), name);
        if (!Has(project, "commits/" + key.Item1))
            return ErrorAsync(context, 404, "404 Commit Not Found");
        if (state is not ("pending" or "running" or "success" or "failed" or "canceled" or "skipped") || name.Length > 255 || description.Length > 255)
            return ErrorAsync(context, 400, "state does not have a valid value");
        if (project.Statuses.TryGetValue(key, out (string State, string Description) old) && old.State == state && state == "pending")
            return ErrorAsync(context, 400, "Cannot transition status via :enqueue from :pending");
        project.Statuses[key] = (state, description);
        return JsonAsync(context, new JsonObject { ["id"] = project.NextId(), ["status"] = state, ["name"] = name }, 201);
    }
}
