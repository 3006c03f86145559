using System.Text.Json.Serialization;

namespace CmlNet.Cli.Commands.Run.Progress;

/// <summary>One line of <c>cml run --json</c>. Only what an event has is written.</summary>
internal sealed record ProgressLine([property: JsonPropertyOrder(-1)] string Event)
{
    public string? Workflow { get; init; }

    public string? Path { get; init; }

    /// <summary>The GitHub event the run is for.</summary>
    public string? Trigger { get; init; }

    public string? RunDirectory { get; init; }

    public string? Job { get; init; }

    public string? Image { get; init; }

    public int? Number { get; init; }

    public string? Step { get; init; }

    public string? Line { get; init; }

    public string? Outcome { get; init; }

    public string? Conclusion { get; init; }

    public int? ExitCode { get; init; }

    public long? DurationMs { get; init; }

    public long? CurrentBytes { get; init; }

    public long? TotalBytes { get; init; }

    public string? Level { get; init; }

    public string? Message { get; init; }

    public string? File { get; init; }

    public int? FileLine { get; init; }

    public string? Title { get; init; }
}

[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase, DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull)]
[JsonSerializable(typeof(ProgressLine))]
internal sealed partial class ProgressJson : JsonSerializerContext;
