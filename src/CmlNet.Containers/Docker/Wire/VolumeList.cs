using System.Text.Json.Serialization;

namespace CmlNet.Containers.Docker.Wire;

/// <summary>Answer of <c>GET /volumes</c>.</summary>
internal sealed record VolumeList
{
    [JsonPropertyName("Volumes")]
    public IReadOnlyList<VolumeSummary>? Volumes { get; init; }
}

/// <summary>One of them.</summary>
internal sealed record VolumeSummary
{
    [JsonPropertyName("Name")]
    public string Name { get; init; } = "";

    [JsonPropertyName("Labels")]
    public IReadOnlyDictionary<string, string>? Labels { get; init; }
}
