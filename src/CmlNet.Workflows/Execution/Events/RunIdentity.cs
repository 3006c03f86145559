namespace CmlNet.Workflows.Execution.Events;

/// <summary>The facts of a run that neither git nor the event know.</summary>
public sealed record RunIdentity
{
    /// <summary>Path of the workflow file from the repository root.</summary>
    public required string WorkflowPath { get; init; }

    /// <summary>The workflow's <c>name:</c>; its path when it has none, as on GitHub.</summary>
    public string? WorkflowName { get; init; }

    public long RunId { get; init; } = 1;

    public int RunNumber { get; init; } = 1;

    public int RunAttempt { get; init; } = 1;

    /// <summary>The workspace as expressions and steps see it, e.g. <c>/__w/repo/repo</c>.</summary>
    public required string Workspace { get; init; }

    /// <summary>Where steps find the payload, e.g. <c>/github/workflow/event.json</c>.</summary>
    public required string EventPath { get; init; }

    /// <summary><c>github.token</c>; null leaves it empty. Register it with the masker.</summary>
    public string? Token { get; init; }

    /// <summary>In place of the git user.</summary>
    public string? Actor { get; init; }

    /// <summary>In place of the remote's server, when GitHub's API is served from elsewhere.</summary>
    public string? ServerUrl { get; init; }

    public string? ApiUrl { get; init; }

    public string? GraphqlUrl { get; init; }

    /// <summary>In days.</summary>
    public int RetentionDays { get; init; } = 90;
}
