using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Http;

namespace CmlNet.Testing.GitLab;

/// <content>Merge requests.</content>
public sealed partial class FakeGitLab
{
    private void MapMergeRequests()
    {
        const string one = "/merge_requests/{iid}";
        Project("GET", "/merge_requests", "?state ?source_branch ?target_branch ?per_page ?page", ListMergeRequestsAsync);
        Project("POST", "/merge_requests", "source_branch! target_branch! title! description remove_source_branch:boolean squash:boolean", OpenAsync);
        Project("GET", one, "", (context, project, _) => With(context, project, m => JsonAsync(context, MergeRequest(project, m))));
        Project("PUT", one + "/merge", "auto_merge:boolean merge_when_pipeline_succeeds:boolean squash:boolean sha should_remove_source_branch:boolean", (context, project, body) => With(context, project, m => MergeAsync(context, project, m, body)));
        Project("GET", "/repository/commits/{sha}/merge_requests", "?per_page ?page ?state", (context, project, _) =>
            PageAsync(context, [.. project.MergeRequests.Where(m => m.Sha == Text(context, "sha")).Select(m => MergeRequest(project, m))], "per_page", 20));
    }

    private JsonObject MergeRequest(GitLabProject project, GitLabMergeRequest request) => new()
    {
        ["id"] = 9000 + request.Iid,
        ["iid"] = request.Iid,
        ["title"] = request.Title,
        ["description"] = request.Description,
        ["state"] = request.State,
        ["source_branch"] = request.Source,
        ["target_branch"] = request.Target,
        ["sha"] = request.Sha,
        ["merge_when_pipeline_succeeds"] = request.IsAutoMerged,
        ["detailed_merge_status"] = request.Checks > 0 ? "checking" : request.IsBlocked ? "not_approved" : "mergeable",
        ["web_url"] = $"{Url}/{project.Path}/-/merge_requests/{request.Iid}",
    };

    private Task With(HttpContext context, GitLabProject project, Func<GitLabMergeRequest, Task> handler) =>
        project.MergeRequests.Find(m => m.Iid == Number(context, "iid")) is { } found ? handler(found) : ErrorAsync(context, 404, "404 Not found");

    private Task ListMergeRequestsAsync(HttpContext context, GitLabProject project, JsonObject body)
    {
        IQueryCollection query = context.Request.Query;
        IEnumerable<GitLabMergeRequest> found = project.MergeRequests.Where(m =>
            (query["state"].Count == 0 || m.State == query["state"]) && (query["source_branch"].Count == 0 || m.Source == query["source_branch"]) && (query["target_branch"].Count == 0 || m.Target == query["target_branch"]));
        return PageAsync(context, [.. found.Select(m => MergeRequest(project, m))], "per_page", 20);
    }

    private Task OpenAsync(HttpContext context, GitLabProject project, JsonObject body)
    {
        string source = body["source_branch"]?.GetValue<string>() ?? "";
        string target = body["target_branch"]?.GetValue<string>() ?? "";
        GitLabMergeRequest created;
        lock (project.Gate)
        {
            if (project.MergeRequests.Find(m => m.State == "opened" && m.Source == source && m.Target == target) is { } open)
                return JsonAsync(context, new JsonObject { ["message"] = new JsonArray($"Another open merge request already exists for this source branch: !{open.Iid}") }, 409);
            created = new GitLabMergeRequest
            {
                Iid = project.MergeRequests.Select(m => m.Iid).Append(0).Max() + 1,
                Sha = new string('c', 40),
                Source = source,
                Target = target,
                Title = body["title"]?.GetValue<string>() ?? "",
                Description = body["description"]?.GetValue<string>() ?? "",
                Pipeline = NextPipeline,
                Checks = NextChecks,
                IsBlocked = IsNextBlocked,
            };
            project.MergeRequests.Add(created);
        }

        return JsonAsync(context, MergeRequest(project, created), 201);
    }

    /// <summary>Pipeline of merge requests still to be opened.</summary>
    public string? NextPipeline { get; set; }

    /// <summary>Checks of merge requests still to be opened.</summary>
    public int NextChecks { get; set; }

    /// <summary>Whether merge requests still to be opened are blocked.</summary>
    public bool IsNextBlocked { get; set; }

    private Task MergeAsync(HttpContext context, GitLabProject project, GitLabMergeRequest request, JsonObject body)
    {
        bool isAuto = body["auto_merge"]?.GetValue<bool>() == true;
        if (request.Checks > 0)
        {
            request.Checks--;
            return ErrorAsync(context, 405, "405 Method Not Allowed");
        }

        if (request.State != "opened" || request.IsBlocked)
            return ErrorAsync(context, request.IsBlocked ? 422 : 405, request.IsBlocked ? "Branch cannot be merged" : "405 Method Not Allowed");
        bool isNow = !isAuto || request.Pipeline == "success";
        if (!isNow && request.Pipeline != "running")
            return ErrorAsync(context, 405, "405 Method Not Allowed");
        request.IsSquashed = body["squash"]?.GetValue<bool>() == true;
        request.IsAutoMerged = !isNow;
        request.State = isNow ? "merged" : request.State;
        return JsonAsync(context, MergeRequest(project, request));
    }
}
