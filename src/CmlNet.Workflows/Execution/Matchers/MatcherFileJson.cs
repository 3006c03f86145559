using System.Text.Json;
using System.Text.Json.Serialization;

namespace CmlNet.Workflows.Execution.Matchers;

/// <summary>The file of <c>::add-matcher::</c>.</summary>
internal sealed record MatcherFileJson
{
    public IReadOnlyList<MatcherOwnerJson>? ProblemMatcher { get; init; }
}

internal sealed record MatcherOwnerJson
{
    public string? Owner { get; init; }

    public string? Severity { get; init; }

    public IReadOnlyList<MatcherPatternJson>? Pattern { get; init; }
}

/// <summary>The numbers are groups of <see cref="Regexp"/>.</summary>
internal sealed record MatcherPatternJson
{
    public string? Regexp { get; init; }

    public int? File { get; init; }

    public int? FromPath { get; init; }

    public int? Line { get; init; }

    public int? Column { get; init; }

    public int? Severity { get; init; }

    public int? Code { get; init; }

    public int? Message { get; init; }

    public bool Loop { get; init; }
}

[JsonSerializable(typeof(MatcherFileJson))]
[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase, AllowTrailingCommas = true, ReadCommentHandling = JsonCommentHandling.Skip)]
internal sealed partial class MatcherJsonContext : JsonSerializerContext;
