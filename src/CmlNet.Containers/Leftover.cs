namespace CmlNet.Containers;

/// <summary>A container or network found on an engine by its label.</summary>
public sealed record Leftover
{
    public required LeftoverKind Kind { get; init; }

    public required string Id { get; init; }

    public required string Name { get; init; }

    public required IReadOnlyDictionary<string, string> Labels { get; init; }

    /// <summary>The engine's word for a container's state (<c>created</c>, <c>running</c>, <c>exited</c>, …); null for a network.</summary>
    public string? State { get; init; }

    /// <summary>When the engine made it; null when the engine does not say.</summary>
    public DateTimeOffset? Created { get; init; }
}
