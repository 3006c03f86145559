namespace CmlNet.Workflows.Actions.Results.Wire;

/// <summary>The fields of all calls of the artifact and the cache service that are looked at (Protocol Buffers' JSON, names as in the .proto).</summary>
internal sealed record ResultsRequest
{
    public string? Name { get; init; }

    public string? NameFilter { get; init; }

    public string? IdFilter { get; init; }

    public string? Key { get; init; }

    public IReadOnlyList<string>? RestoreKeys { get; init; }

    public string? Version { get; init; }
}
