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
