namespace CmlNet.Workflows.Execution.Events;

/// <summary>What the user asked to simulate.</summary>
public sealed record EventRequest
{
    /// <summary><c>push</c>, <c>pull_request</c>, <c>workflow_dispatch</c>, <c>schedule</c>, or any other name GitHub knows.</summary>
    public required string Name { get; init; }

    /// <summary>The file's text from <c>--event-file</c>: a JSON object laid over the synthesised payload, member by member.</summary>
    public string? PayloadJson { get; init; }

    /// <summary>Inputs of workflow_dispatch, in order; GitHub sends them as strings.</summary>
    public IReadOnlyList<KeyValuePair<string, string>> Inputs { get; init; } = [];

    /// <summary>Path of the workflow from the repository root, for workflow_dispatch.</summary>
    public string? WorkflowPath { get; init; }

    /// <summary>The cron line, for schedule.</summary>
    public string? Schedule { get; init; }

    public int PullRequestNumber { get; init; } = 1;

    /// <summary>The pull request's target; the default branch when null.</summary>
    public string? BaseBranch { get; init; }

    /// <summary>The login that triggers; the git user when null.</summary>
    public string? Actor { get; init; }
}
