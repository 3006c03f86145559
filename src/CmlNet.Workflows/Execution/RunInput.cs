using System.Text.RegularExpressions;
using CmlNet.Workflows.Execution.Events;
using CmlNet.Workflows.Expressions;
using CmlNet.Workflows.Model;

namespace CmlNet.Workflows.Execution;

/// <summary>The event that starts a run and the repository state it speaks of.</summary>
public sealed partial record RunInput
{
    public required string EventName { get; init; }

    /// <summary>The payload, as GITHUB_EVENT_PATH holds it.</summary>
    public required string EventJson { get; init; }

    /// <summary>The <c>github</c> context; workspace, event path and job are each job's own.</summary>
    public required ObjectValue GitHub { get; init; }

    /// <summary><c>owner/name</c>.</summary>
    public string Repository => Text("repository");

    /// <summary>The name without its owner, with nothing in it that means something in a path: a payload may say anything.</summary>
    public string RepositoryName => NameOf(Repository);

    public string ServerUrl => Text("server_url");

    public string Sha => Text("sha");

    public string Ref => Text("ref");

    public string RefName => Text("ref_name");

    /// <param name="payload">Synthesised or given.</param>
    /// <param name="git">The repository.</param>
    /// <param name="workflow">The workflow that runs.</param>
    /// <param name="token"><c>github.token</c>.</param>
    public static RunInput Create(EventPayload payload, GitState git, Workflow workflow, string? token)
    {
        ArgumentNullException.ThrowIfNull(payload);
        ArgumentNullException.ThrowIfNull(workflow);
        var identity = new RunIdentity { WorkflowPath = workflow.Path, WorkflowName = workflow.Name, Workspace = "", EventPath = "", Token = token };
        return new RunInput { EventName = payload.Name, EventJson = payload.ToJson(), GitHub = GitHubContext.Build(identity, payload, git) };
    }

    /// <summary>As <see cref="RepositoryName"/>, of any <c>owner/name</c>.</summary>
    internal static string NameOf(string repository)
    {
        string name = NotInNames().Replace(repository[(repository.LastIndexOf('/') + 1)..], "-");
        return name.Trim('.').Length == 0 ? "repository" : name;
    }

    /// <summary>What GitHub allows in a repository's name.</summary>
    [GeneratedRegex("[^A-Za-z0-9._-]", RegexOptions.NonBacktracking)]
    private static partial Regex NotInNames();

    private string Text(string key) => ExpressionText.ToText(GitHub[key]);
}
