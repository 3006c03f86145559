using System.Globalization;
using System.Text.Json.Nodes;
using CmlNet.Testing.Actions.State;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;

namespace CmlNet.Testing.Actions.Endpoints;

/// <summary>GitHub's REST API for queued jobs, JIT configurations and self-hosted runners of one repository.</summary>
internal static class RestEndpoints
{
    private const string Repository = "/api/v3/repos/{owner}/{repo}/actions";

    public static void Map(WebApplication app, FakeActionsService fake)
    {
        app.MapGet(Repository + "/runs", context => WithToken(context, fake, () => RunsAsync(context, fake)));
        app.MapGet(Repository + "/runs/{run:long}/jobs", context => WithToken(context, fake, () => JobsAsync(context, fake)));
        app.MapGet(Repository + "/runs/{run:long}", context => WithToken(context, fake, () => RunAsync(context, fake)));
        app.MapGet(Repository + "/jobs/{job:long}", context => WithToken(context, fake, () => JobAsync(context, fake)));
        app.MapPost(Repository + "/runs/{run:long}/rerun-failed-jobs", context => WithToken(context, fake, () => RerunAsync(context, fake)));
        app.MapGet("/api/v3/repos/actions/runner/releases", context => WithToken(context, fake, () => ReleasesAsync(context, fake)));
        app.MapGet("/api/v3/repos/{owner}/{repo}/pulls", context => WithToken(context, fake, () => PullsAsync(context, fake)));
        app.MapPost(Repository + "/runners/generate-jitconfig", context => WithToken(context, fake, () => GenerateAsync(context, fake)));
        app.MapGet(Repository + "/runners", context => WithToken(context, fake, () => RunnersAsync(context, fake)));
        app.MapGet("/api/v3/orgs/{org}/actions/runners", context => WithToken(context, fake, () => RunnersAsync(context, fake)));
        app.MapDelete(Repository + "/runners/{id:int}", context => WithToken(context, fake, () => RemoveAsync(context, fake)));
    }

    private static Task WithToken(HttpContext context, FakeActionsService fake, Func<Task> next)
    {
        context.Response.Headers["x-ratelimit-remaining"] = fake.Behavior.RemainingCalls.ToString(CultureInfo.InvariantCulture);
        return fake.PersonalTokens.ContainsKey(ActionsReply.Credential(context, "Bearer")) ? next() : ActionsReply.TextAsync(context, 401, """{"message":"Bad credentials"}""");
    }

    // A run is in progress as soon as one of its jobs has begun, and queued only before that.
    private static Task RunsAsync(HttpContext context, FakeActionsService fake)
    {
        string status = context.Request.Query["status"].ToString();
        JsonNode[] runs = fake.State.Read<JsonNode[]>(() => [.. Own(context, fake).GroupBy(job => job.RunId)
            .Where(run => StatusOf(run) == status)
            .Select(run => new JsonObject { ["id"] = run.Key, ["status"] = status, ["head_sha"] = new string('a', 40), ["head_branch"] = "main", ["event"] = "push" })]);
        return WithTagAsync(context, fake, new JsonObject { ["total_count"] = runs.Length, ["workflow_runs"] = Page(context, fake, runs) });
    }

    private static Task RunAsync(HttpContext context, FakeActionsService fake)
    {
        FakeWorkflow workflow = fake.Workflows.GetValueOrDefault(RunOf(context)) ?? new FakeWorkflow();
        return ActionsReply.JsonAsync(context, fake, new JsonObject
        {
            ["id"] = RunOf(context),
            ["name"] = "Train",
            ["status"] = "in_progress",
            ["head_sha"] = workflow.HeadSha,
            ["head_branch"] = workflow.HeadBranch,
            ["event"] = "pull_request",
            ["head_repository"] = new JsonObject { ["name"] = "models", ["owner"] = new JsonObject { ["login"] = workflow.HeadOwner } },
        });
    }

    // GitHub refuses until the run has ended.
    private static Task RerunAsync(HttpContext context, FakeActionsService fake)
    {
        bool hasEnded = fake.State.Read(() => fake.State.Jobs.Where(job => job.RunId == RunOf(context)).All(job => job.State == FakeJobState.Completed));
        if (hasEnded)
            fake.Reruns.Enqueue(RunOf(context));
        return hasEnded ? ActionsReply.JsonAsync(context, fake, new JsonObject(), 201) : ActionsReply.TextAsync(context, 403, """{"message":"This workflow is already running"}""");
    }

    private static Task PullsAsync(HttpContext context, FakeActionsService fake)
    {
        string head = context.Request.Query["head"].ToString();
        JsonArray found = [.. fake.Workflows.Values.Where(workflow => workflow.PullRequest is not null && $"{workflow.HeadOwner}:{workflow.HeadBranch}" == head)
            .Select(workflow => (JsonNode)new JsonObject { ["number"] = workflow.PullRequest, ["head"] = new JsonObject { ["sha"] = workflow.HeadSha } })];
        return ActionsReply.JsonAsync(context, fake, found);
    }

    private static Task ReleasesAsync(HttpContext context, FakeActionsService fake) => fake.RunnerReleases is { } known
        ? ActionsReply.JsonAsync(context, fake, new JsonArray([.. known.Select(release => (JsonNode)new JsonObject { ["tag_name"] = "v" + release.Version, ["draft"] = false, ["prerelease"] = false, ["published_at"] = (fake.Time.GetUtcNow() - release.Age).UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", CultureInfo.InvariantCulture) })]))
        : ActionsReply.TextAsync(context, 404, """{"message":"Not Found"}""");

    private static long RunOf(HttpContext context) => long.Parse((string)context.Request.RouteValues["run"]!, CultureInfo.InvariantCulture); // constrained by the route

    private static Task JobsAsync(HttpContext context, FakeActionsService fake)
    {
        long run = long.Parse((string)context.Request.RouteValues["run"]!, CultureInfo.InvariantCulture); // constrained by the route
        JsonNode[] jobs = fake.State.Read<JsonNode[]>(() => [.. Own(context, fake).Where(job => job.RunId == run).Select(Describe)]);
        return WithTagAsync(context, fake, new JsonObject { ["total_count"] = jobs.Length, ["jobs"] = Page(context, fake, jobs) });
    }

    private static Task JobAsync(HttpContext context, FakeActionsService fake)
    {
        long id = long.Parse((string)context.Request.RouteValues["job"]!, CultureInfo.InvariantCulture); // constrained by the route
        return fake.State.Read(() => fake.State.Jobs.Find(job => job.RequestId == id)) is { } job
            ? ActionsReply.JsonAsync(context, fake, Describe(job))
            : ActionsReply.TextAsync(context, 404, """{"message":"Not Found"}""");
    }

    internal static JsonNode Describe(FakeJob job) => new JsonObject
    {
        ["id"] = job.RequestId,
        ["run_id"] = job.RunId,
        ["run_attempt"] = 1,
        ["name"] = job.Name,
        ["status"] = StatusOf(job),
        ["conclusion"] = job.Result == "succeeded" ? "success" : job.Result,
        ["labels"] = new JsonArray([.. job.Labels.Select(label => (JsonNode)label)]),
        ["runner_id"] = job.Agent?.Id,
        ["runner_name"] = job.Agent?.Name,
    };

    private static async Task GenerateAsync(HttpContext context, FakeActionsService fake)
    {
        JsonNode? body = await ActionsReply.BodyAsync(context);
        string name = (string?)body?["name"] ?? "";
        if (body?["runner_group_id"] is null || body["labels"] is not JsonArray { Count: > 0 and <= 100 } labels)
        {
            await ActionsReply.TextAsync(context, 422, """{"message":"Invalid request.\n\nMissing required parameter"}""");
            return;
        }

        if (fake.State.AddAgent(name, 0, [.. labels.Select(label => (string)label!)]) is not { } agent) // texts, or the client is broken
            await ActionsReply.TextAsync(context, 409, """{"message":"Already exists - Already exists"}""");
        else
            await ActionsReply.JsonAsync(context, fake, new JsonObject { ["runner"] = Describe(agent), ["encoded_jit_config"] = AgentJit.Write(fake, agent) }, 201);
    }

    private static Task RunnersAsync(HttpContext context, FakeActionsService fake)
    {
        string name = context.Request.Query["name"].ToString();
        JsonArray runners = fake.State.Read(() => new JsonArray([.. fake.State.Agents.Where(agent => agent.ScaleSetId == 0 && (name.Length == 0 || agent.Name == name)).Select(Describe)]));
        return ActionsReply.JsonAsync(context, fake, new JsonObject { ["total_count"] = runners.Count, ["runners"] = runners });
    }

    private static Task RemoveAsync(HttpContext context, FakeActionsService fake)
    {
        int id = int.Parse((string)context.Request.RouteValues["id"]!, CultureInfo.InvariantCulture); // constrained by the route
        return fake.State.Change(() =>
        {
            FakeAgent? agent = fake.State.Agents.Find(candidate => candidate.Id == id);
            if (agent is { IsBusy: true })
                return ActionsReply.TextAsync(context, 422, """{"message":"Bad request - Runner \"x\" is still running a job\""}""");
            return agent is not null && fake.State.Agents.Remove(agent) ? ActionsReply.EmptyAsync(context, 204) : ActionsReply.TextAsync(context, 404, """{"message":"Not Found"}""");
        });
    }

    private static JsonNode Describe(FakeAgent agent) => new JsonObject
    {
        ["id"] = agent.Id,
        ["name"] = agent.Name,
        ["os"] = "linux",
        ["status"] = agent.IsOnline ? "online" : "offline",
        ["busy"] = agent.IsBusy,
        ["labels"] = new JsonArray([.. agent.Labels.Select(label => (JsonNode)new JsonObject { ["name"] = label })]),
    };

    private static IEnumerable<FakeJob> Own(HttpContext context, FakeActionsService fake) =>
        fake.State.Jobs.Where(job => job.Owner == (string?)context.Request.RouteValues["owner"] && job.Repository == (string?)context.Request.RouteValues["repo"]);

    private static string StatusOf(IEnumerable<FakeJob> run) => run.All(job => job.State == FakeJobState.Completed) ? "completed" : run.All(job => job.State == FakeJobState.Available) ? "queued" : "in_progress";

    private static string StatusOf(FakeJob job) => job.State switch { FakeJobState.Running => "in_progress", FakeJobState.Completed => "completed", _ => "queued" };

    private static JsonArray Page(HttpContext context, FakeActionsService fake, JsonNode[] all)
    {
        int size = Math.Min(int.TryParse(context.Request.Query["per_page"], CultureInfo.InvariantCulture, out int asked) ? asked : 30, fake.Behavior.LargestPage);
        int page = int.TryParse(context.Request.Query["page"], CultureInfo.InvariantCulture, out int number) ? number : 1;
        return [.. all.Skip((page - 1) * size).Take(size)];
    }

    private static Task WithTagAsync(HttpContext context, FakeActionsService fake, JsonObject body)
    {
        string tag = $"\"{Convert.ToHexStringLower(System.Security.Cryptography.SHA256.HashData(System.Text.Encoding.UTF8.GetBytes(body.ToJsonString())))[..16]}\"";
        context.Response.Headers.ETag = tag;
        bool isKnown = context.Request.Headers.IfNoneMatch.ToString() == tag;
        if (isKnown)
            fake.CountNotModified();
        return isKnown ? ActionsReply.EmptyAsync(context, 304) : ActionsReply.JsonAsync(context, fake, body);
    }
}
