using System.Text.Json.Serialization;

namespace CmlNet.Containers.Docker.Wire;

internal sealed record SystemInfo
{
    public string? ServerVersion { get; init; }

    /// <summary>The machine's.</summary>
    public string? Name { get; init; }

    /// <summary>Where the engine keeps its images.</summary>
    public string? DockerRootDir { get; init; }

    public string? OperatingSystem { get; init; }

    public string? Architecture { get; init; }

    public IReadOnlyDictionary<string, EmptyObject>? Runtimes { get; init; }
}

internal sealed record ErrorResponse
{
    [JsonPropertyName("message")]
    public string? Message { get; init; }
}
