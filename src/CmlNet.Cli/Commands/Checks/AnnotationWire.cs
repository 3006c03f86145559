using System.Text.Json.Serialization;

namespace CmlNet.Cli.Commands.Checks;

[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower)]
[JsonSerializable(typeof(IReadOnlyList<AnnotationEntry>))]
internal sealed partial class AnnotationWire : JsonSerializerContext;

/// <summary>An annotation under the names GitHub gives its parts.</summary>
internal sealed record AnnotationEntry
{
    public string? Path { get; init; }

    public int? StartLine { get; init; }

    public int? EndLine { get; init; }

    public int? StartColumn { get; init; }

    public int? EndColumn { get; init; }

    public string? AnnotationLevel { get; init; }

    public string? Message { get; init; }

    public string? Title { get; init; }

    public string? RawDetails { get; init; }
}
