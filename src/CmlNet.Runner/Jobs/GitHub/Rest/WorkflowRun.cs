using System.Text.Json.Serialization;

namespace CmlNet.Runner.Jobs.GitHub.Rest;

// Wire forms of GitHub's REST API (OpenAPI description, 2022-11-28); only what is used.
internal sealed record WorkflowRun
{
    [JsonPropertyName("id")]
    public long Id { get; init; }

    [JsonPropertyName("status")]
    public string? Status { get; init; }

    [JsonPropertyName("name")]
    public string? Name { get; init; }

    [JsonPropertyName("head_sha")]
    public string? HeadSha { get; init; }

    [JsonPropertyName("head_branch")]
    public string? HeadBranch { get; init; }

    [JsonPropertyName("event")]
    public string? Event { get; init; }

    [JsonPropertyName("head_repository")]
    public RepositoryAnswer? HeadRepository { get; init; }
}

internal sealed record RunList([property: JsonPropertyName("total_count")] int Total, [property: JsonPropertyName("workflow_runs")] IReadOnlyList<WorkflowRun>? Runs);

internal sealed record RepositoryAnswer
{
    [JsonPropertyName("name")]
    public string? Name { get; init; }

    [JsonPropertyName("owner")]
    public AccountAnswer? Owner { get; init; }

    [JsonPropertyName("default_branch")]
    public string? DefaultBranch { get; init; }
}

internal sealed record AccountAnswer([property: JsonPropertyName("login")] string? Login);

internal sealed record PullRequestHead([property: JsonPropertyName("sha")] string? Sha);

internal sealed record PullRequestAnswer
{
    [JsonPropertyName("number")]
    public int Number { get; init; }

    [JsonPropertyName("head")]
    public PullRequestHead? Head { get; init; }
}

internal sealed record JobList([property: JsonPropertyName("total_count")] int Total, [property: JsonPropertyName("jobs")] IReadOnlyList<WorkflowJob>? Jobs);

internal sealed record WorkflowJob
{
    [JsonPropertyName("id")]
    public long Id { get; init; }

    [JsonPropertyName("run_id")]
    public long RunId { get; init; }

    [JsonPropertyName("name")]
    public string? Name { get; init; }

    [JsonPropertyName("workflow_name")]
    public string? WorkflowName { get; init; }

    [JsonPropertyName("status")]
    public string? Status { get; init; }

    [JsonPropertyName("conclusion")]
    public string? Conclusion { get; init; }

    [JsonPropertyName("labels")]
    public IReadOnlyList<string>? Labels { get; init; }

    [JsonPropertyName("created_at")]
    public DateTimeOffset? CreatedAt { get; init; }

    [JsonPropertyName("runner_id")]
    public long? RunnerId { get; init; }

    [JsonPropertyName("runner_name")]
    public string? RunnerName { get; init; }
}

internal sealed record RestJitRequest
{
    [JsonPropertyName("name")]
    public required string Name { get; init; }

    [JsonPropertyName("runner_group_id")]
    public int RunnerGroupId { get; init; } = 1;

    [JsonPropertyName("labels")]
    public required IReadOnlyList<string> Labels { get; init; }

    [JsonPropertyName("work_folder")]
    public string WorkFolder { get; init; } = "_work";
}

internal sealed record RestJitAnswer([property: JsonPropertyName("runner")] RestRunner? Runner, [property: JsonPropertyName("encoded_jit_config")] string? Configuration);

internal sealed record RestRunner
{
    [JsonPropertyName("id")]
    public long Id { get; init; }

    [JsonPropertyName("name")]
    public string? Name { get; init; }

    [JsonPropertyName("status")]
    public string? Status { get; init; }

    [JsonPropertyName("busy")]
    public bool? IsBusy { get; init; }

    [JsonPropertyName("labels")]
    public IReadOnlyList<RestLabel>? Labels { get; init; }
}

internal sealed record RestLabel([property: JsonPropertyName("name")] string? Name);

internal sealed record RestRunnerList([property: JsonPropertyName("runners")] IReadOnlyList<RestRunner>? Runners);

internal sealed record WorkflowJobEvent
{
    [JsonPropertyName("action")]
    public string? Action { get; init; }

    [JsonPropertyName("workflow_job")]
    public WorkflowJob? Job { get; init; }

    [JsonPropertyName("repository")]
    public RepositoryAnswer? Repository { get; init; }
}
