namespace CmlNet.Publishing.Http;

/// <summary>One call to a code host or an asset server.</summary>
internal sealed record ApiRequest
{
    public required HttpMethod Method { get; init; }

    /// <summary>Relative to the client's base address, without a leading slash; or absolute, on the same origin.</summary>
    public required string Path { get; init; }

    public ReadOnlyMemory<byte>? Body { get; init; }

    public string ContentType { get; init; } = "application/json";

    public IReadOnlyList<KeyValuePair<string, string>> Headers { get; init; } = [];

    /// <summary>
    /// Looks for the effect of an earlier attempt whose answer was lost, and returns what that attempt would have answered.
    /// Without it a POST is repeated only where the first attempt certainly had no effect.
    /// </summary>
    public Func<CancellationToken, Task<ApiResponse?>>? ReadBack { get; init; }

    /// <summary>The line to add under <c>permissions:</c> when the host answers 403, e.g. <c>checks: write</c>.</summary>
    public string? Permission { get; init; }

    /// <summary>What to do about a refusal, where it is not what the status tells of a code host.</summary>
    public string? Advice { get; init; }

    /// <summary>Sending it twice has the effect of sending it once.</summary>
    public bool IsIdempotent => Method != HttpMethod.Post;

    /// <summary>It changes nothing, whatever its method.</summary>
    public bool IsRead { get; init; }

    /// <summary>It need not wait for other writes: an upload of content, of which a host takes many at once.</summary>
    public bool IsParallel { get; init; }

    /// <summary>Stands in for the answer where the request is not sent; null stands for an object of any kind, without its values.</summary>
    public ReadOnlyMemory<byte>? Rehearsed { get; init; }

    public bool IsWrite => !IsRead && Method != HttpMethod.Get && Method != HttpMethod.Head;
}
