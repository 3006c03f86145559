using System.Text.Json.Serialization;

namespace CmlNet.Runner.Jobs.GitHub;

// Wire forms of GitHub's REST API and of the Actions service; names as they are sent.
internal sealed record TokenAnswer([property: JsonPropertyName("token")] string? Token, [property: JsonPropertyName("expires_at")] DateTimeOffset? ExpiresAt)
{
    [JsonPropertyName("permissions")]
    public IReadOnlyDictionary<string, string>? Permissions { get; init; }
}

internal sealed record RegistrationEvent([property: JsonPropertyName("url")] string Url, [property: JsonPropertyName("runner_event")] string Event);

internal sealed record RegistrationAnswer([property: JsonPropertyName("url")] string? Url, [property: JsonPropertyName("token")] string? Token);

internal sealed record ActionsError([property: JsonPropertyName("typeName")] string? TypeName, [property: JsonPropertyName("message")] string? Message);

internal sealed record JwtBody
{
    [JsonPropertyName("exp")]
    public long? ExpiresAt { get; init; }
}

internal sealed record UserAgentWire
{
    [JsonPropertyName("system")]
    public required string System { get; init; }

    [JsonPropertyName("version")]
    public required string Version { get; init; }

    [JsonPropertyName("commit_sha")]
    public string CommitSha { get; init; } = "";

    [JsonPropertyName("scale_set_id")]
    public int ScaleSetId { get; init; }

    [JsonPropertyName("subsystem")]
    public string Subsystem { get; init; } = "runner";

    [JsonPropertyName("build_version")]
    public string BuildVersion { get; init; } = "";

    [JsonPropertyName("build_commit_sha")]
    public string BuildCommitSha { get; init; } = "";

    [JsonPropertyName("kind")]
    public string Kind { get; init; } = "scaleset";
}
