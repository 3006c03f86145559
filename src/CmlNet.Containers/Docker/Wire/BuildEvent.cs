using System.Text.Json.Serialization;

namespace CmlNet.Containers.Docker.Wire;

/// <summary>One line of what a build streams.</summary>
internal sealed record BuildEvent
{
    [JsonPropertyName("stream")]
    public string? Stream { get; init; }

    [JsonPropertyName("error")]
    public string? Error { get; init; }

    [JsonPropertyName("aux")]
    public BuildAux? Aux { get; init; }
}

internal sealed record BuildAux
{
    [JsonPropertyName("ID")]
    public string? Id { get; init; }
}
