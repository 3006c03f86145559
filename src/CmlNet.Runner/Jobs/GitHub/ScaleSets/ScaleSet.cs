using System.Text.Json;
using System.Text.Json.Serialization;

namespace CmlNet.Runner.Jobs.GitHub.ScaleSets;

// Wire forms of the scale-set protocol (actions/scaleset, types.go).
internal sealed record ScaleSet
{
    [JsonPropertyName("id")]
    public int Id { get; init; }

    [JsonPropertyName("name")]
    public string? Name { get; init; }

    [JsonPropertyName("labels")]
    public IReadOnlyList<ScaleSetLabel>? Labels { get; init; }

    [JsonPropertyName("statistics")]
    public ScaleSetStatistics? Statistics { get; init; }
}

internal sealed record RunnerGroup([property: JsonPropertyName("id")] int Id, [property: JsonPropertyName("name")] string? Name);

internal sealed record RunnerGroupList([property: JsonPropertyName("count")] int Count, [property: JsonPropertyName("value")] IReadOnlyList<RunnerGroup>? Value);

internal sealed record ScaleSetLabel([property: JsonPropertyName("name")] string Name, [property: JsonPropertyName("type")] string Type = "System");

internal sealed record ScaleSetStatistics
{
    [JsonPropertyName("totalAvailableJobs")]
    public int Available { get; init; }

    [JsonPropertyName("totalAcquiredJobs")]
    public int Acquired { get; init; }

    [JsonPropertyName("totalAssignedJobs")]
    public int Assigned { get; init; }

    [JsonPropertyName("totalRunningJobs")]
    public int Running { get; init; }

    [JsonPropertyName("totalRegisteredRunners")]
    public int Registered { get; init; }

    [JsonPropertyName("totalBusyRunners")]
    public int Busy { get; init; }

    [JsonPropertyName("totalIdleRunners")]
    public int Idle { get; init; }
}

internal sealed record ScaleSetList([property: JsonPropertyName("count")] int Count, [property: JsonPropertyName("value")] IReadOnlyList<ScaleSet>? Value);

internal sealed record ScaleSetSetting([property: JsonPropertyName("disableUpdate")] bool DisableUpdate);

internal sealed record NewScaleSet
{
    [JsonPropertyName("name")]
    public required string Name { get; init; }

    [JsonPropertyName("runnerGroupId")]
    public required int RunnerGroupId { get; init; }

    [JsonPropertyName("labels")]
    public required IReadOnlyList<ScaleSetLabel> Labels { get; init; }

    // With a capital, as GitHub's own client sends it.
    [JsonPropertyName("RunnerSetting")]
    public ScaleSetSetting Setting { get; init; } = new(true);

    [JsonPropertyName("createdOn")]
    public string CreatedOn { get; init; } = "0001-01-01T00:00:00Z";
}

internal sealed record SessionRequest([property: JsonPropertyName("sessionId")] Guid SessionId, [property: JsonPropertyName("ownerName")] string OwnerName);

internal sealed record Session
{
    [JsonPropertyName("sessionId")]
    public Guid Id { get; init; }

    [JsonPropertyName("runnerScaleSet")]
    public ScaleSet? ScaleSet { get; init; }

    [JsonPropertyName("messageQueueUrl")]
    public string? QueueUrl { get; init; }

    [JsonPropertyName("messageQueueAccessToken")]
    public string? QueueToken { get; init; }

    [JsonPropertyName("statistics")]
    public ScaleSetStatistics? Statistics { get; init; }
}

internal sealed record MessageEnvelope
{
    [JsonPropertyName("messageId")]
    public long Id { get; init; }

    [JsonPropertyName("messageType")]
    public string? Type { get; init; }

    /// <summary>A JSON array, as a text.</summary>
    [JsonPropertyName("body")]
    public string? Body { get; init; }

    [JsonPropertyName("statistics")]
    public ScaleSetStatistics? Statistics { get; init; }
}

internal sealed record JobMessage
{
    [JsonPropertyName("messageType")]
    public string? Type { get; init; }

    [JsonPropertyName("runnerRequestId")]
    public long RequestId { get; init; }

    [JsonPropertyName("repositoryName")]
    public string? Repository { get; init; }

    [JsonPropertyName("ownerName")]
    public string? Owner { get; init; }

    [JsonPropertyName("jobId")]
    public string? JobId { get; init; }

    [JsonPropertyName("jobWorkflowRef")]
    public string? WorkflowRef { get; init; }

    [JsonPropertyName("jobDisplayName")]
    public string? DisplayName { get; init; }

    [JsonPropertyName("workflowRunId")]
    public long RunId { get; init; }

    [JsonPropertyName("eventName")]
    public string? Event { get; init; }

    [JsonPropertyName("requestLabels")]
    public IReadOnlyList<string>? Labels { get; init; }

    [JsonPropertyName("queueTime")]
    public JsonElement QueueTime { get; init; }

    [JsonPropertyName("result")]
    public string? Result { get; init; }

    [JsonPropertyName("runnerId")]
    public long RunnerId { get; init; }

    [JsonPropertyName("runnerName")]
    public string? RunnerName { get; init; }
}

internal sealed record AcquiredJobs([property: JsonPropertyName("count")] int Count, [property: JsonPropertyName("value")] IReadOnlyList<long>? Value);

internal sealed record JitRequest([property: JsonPropertyName("name")] string Name, [property: JsonPropertyName("workFolder")] string WorkFolder);

internal sealed record JitAnswer([property: JsonPropertyName("runner")] Agent? Runner, [property: JsonPropertyName("encodedJITConfig")] string? Configuration);

internal sealed record Agent
{
    [JsonPropertyName("id")]
    public long Id { get; init; }

    [JsonPropertyName("name")]
    public string? Name { get; init; }

    [JsonPropertyName("runnerScaleSetId")]
    public int ScaleSetId { get; init; }

    /// <summary><c>online</c> or <c>offline</c>; not every server says.</summary>
    [JsonPropertyName("status")]
    public string? Status { get; init; }

    [JsonPropertyName("busy")]
    public bool? IsBusy { get; init; }
}

internal sealed record AgentList([property: JsonPropertyName("count")] int Count, [property: JsonPropertyName("value")] IReadOnlyList<Agent>? Value);
