namespace CmlNet.Testing.GitHub;

/// <summary>One request as it came and its answer as it was meant to go out.</summary>
public sealed record Exchange
{
    public required string Method { get; init; }

    /// <summary>Path and query, without <c>/api/v3</c>.</summary>
    public required string Target { get; init; }

    /// <summary>The path's template as the OpenAPI description has it; null where nothing answers.</summary>
    public string? Template { get; init; }

    public required IReadOnlyDictionary<string, string> RequestHeaders { get; init; }

    public required string RequestBody { get; init; }

    public required int Status { get; init; }

    public required string ResponseBody { get; init; }

    /// <summary>The answer was made up by a <see cref="Fault"/>.</summary>
    public bool IsFault { get; init; }

    public override string ToString() => $"{Method} {Target} -> {Status}";
}
