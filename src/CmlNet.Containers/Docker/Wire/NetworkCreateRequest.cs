namespace CmlNet.Containers.Docker.Wire;

internal sealed record NetworkCreateRequest
{
    public required string Name { get; init; }

    public bool CheckDuplicate { get; init; } = true;

    public string Driver { get; init; } = "bridge";

    public required IReadOnlyDictionary<string, string> Labels { get; init; }
}

internal sealed record NetworkSummary
{
    public required string Id { get; init; }

    public required string Name { get; init; }

    public IReadOnlyDictionary<string, string>? Labels { get; init; }

    public DateTimeOffset? Created { get; init; }
}

/// <summary>What a network says of itself; the keys are the ids of the containers on it.</summary>
internal sealed record NetworkInspect
{
    public IReadOnlyDictionary<string, NetworkMember>? Containers { get; init; }
}

internal sealed record NetworkMember
{
    public string? Name { get; init; }
}

internal sealed record NetworkDisconnectRequest
{
    public required string Container { get; init; }

    public required bool Force { get; init; }
}
