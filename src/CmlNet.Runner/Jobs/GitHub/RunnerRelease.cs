using System.Text.Json.Serialization;

namespace CmlNet.Runner.Jobs.GitHub;

/// <summary>A release of the official runner.</summary>
internal sealed record RunnerRelease
{
    /// <summary><c>v2.330.0</c>.</summary>
    [JsonPropertyName("tag_name")]
    public string? Tag { get; init; }

    [JsonPropertyName("published_at")]
    public DateTimeOffset? Published { get; init; }

    [JsonPropertyName("draft")]
    public bool IsDraft { get; init; }

    [JsonPropertyName("prerelease")]
    public bool IsPrerelease { get; init; }
}
