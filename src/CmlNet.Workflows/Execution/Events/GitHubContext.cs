using System.Globalization;
using CmlNet.Workflows.Expressions;

namespace CmlNet.Workflows.Execution.Events;

/// <summary>The <c>github</c> context and the GITHUB_* variables made from it.</summary>
public static class GitHubContext
{
    /// <summary>The members that become variables: the official runner's list (src/Runner.Worker/GitHubContext.cs).</summary>
    private static readonly HashSet<string> Variables = new(StringComparer.OrdinalIgnoreCase)
    {
        "action", "action_path", "action_ref", "action_repository", "actor", "actor_id", "api_url", "artifacts", "artifacts_list", "base_ref",
        "env", "event_name", "event_path", "graphql_url", "head_ref", "job", "output", "path", "ref", "ref_name", "ref_protected", "ref_type",
        "repository", "repository_id", "repository_owner", "repository_owner_id", "retention_days", "run_attempt", "run_id", "run_number",
        "server_url", "sha", "state", "step_summary", "triggering_actor", "workflow", "workflow_ref", "workflow_sha", "workspace",
    };

    /// <summary>Everything that is the same for all jobs of a run. The caller adds <c>job</c>, <c>action</c>, <c>action_path</c>, … and the command files to a copy (<see cref="Copy"/>).</summary>
    public static ObjectValue Build(RunIdentity run, EventPayload payload, GitState git)
    {
        EventReference reference = EventReference.Of(payload, git);
        string repository = payload.Text("repository", "full_name") ?? git.FullName;
        string owner = repository[..Math.Max(0, repository.LastIndexOf('/'))];
        string actor = run.Actor ?? payload.Text("sender", "login") ?? git.User;
        string server = run.ServerUrl ?? git.ServerUrl;
        return new ObjectValue
        {
            { "token", run.Token ?? "" },
            { "ref", reference.Ref },
            { "sha", reference.Sha },
            { "repository", repository },
            { "repository_owner", owner },
            { "repository_owner_id", payload.Text("repository", "owner", "id") ?? Text(StableId.Of("user", owner)) },
            { "repositoryUrl", $"git://{server[(server.IndexOf("://", StringComparison.Ordinal) + 3)..]}/{repository}.git" },
            { "run_id", Text(run.RunId) },
            { "run_number", Text(run.RunNumber) },
            { "retention_days", Text(run.RetentionDays) },
            { "run_attempt", Text(run.RunAttempt) },
            { "repository_visibility", payload.Text("repository", "visibility") ?? "private" },
            { "repository_id", payload.Text("repository", "id") ?? Text(StableId.Of("repository", repository)) },
            { "actor_id", Text(StableId.Of("user", actor)) },
            { "actor", actor },
            { "triggering_actor", actor },
            { "workflow", run.WorkflowName ?? run.WorkflowPath },
            { "head_ref", reference.HeadRef },
            { "base_ref", reference.BaseRef },
            { "event_name", payload.Name },
            { "event", payload.ToExpressionValue() },
            { "server_url", server },
            { "api_url", run.ApiUrl ?? git.ApiUrl },
            { "graphql_url", run.GraphqlUrl ?? git.GraphqlUrl },
            { "ref_name", reference.Name },
            { "ref_protected", ExpressionValue.False },
            { "ref_type", reference.Type },
            { "secret_source", "Actions" },
            { "workflow_ref", $"{repository}/{run.WorkflowPath}@{reference.Ref}" },
            { "workflow_sha", reference.Sha },
            { "workspace", run.Workspace },
            { "event_path", run.EventPath },
        };
    }

    /// <summary>A context of one's own to add to: for a job, or for a step.</summary>
    public static ObjectValue Copy(ObjectValue context)
    {
        var copy = new ObjectValue();
        foreach ((string key, ExpressionValue value) in context)
            copy[key] = value;
        return copy;
    }

    /// <summary>GITHUB_* for a step, from its context; they win over everything the user set.</summary>
    public static IReadOnlyDictionary<string, string> ToEnvironment(ObjectValue context)
    {
        var environment = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach ((string key, ExpressionValue value) in context)
        {
            string? text = value switch
            {
                StringValue known => known.Value,
                BooleanValue known => known.Value ? "true" : "false",
                _ => null,
            };
            if (text is not null && Variables.Contains(key))
                environment["GITHUB_" + key.ToUpperInvariant()] = text;
        }

        return environment;
    }

    private static string Text(long number) => number.ToString(CultureInfo.InvariantCulture);
}
