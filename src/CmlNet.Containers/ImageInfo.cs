namespace CmlNet.Containers;

/// <summary>An image the engine holds.</summary>
public sealed record ImageInfo
{
    public required string Reference { get; init; }

    public required string Id { get; init; }

    /// <summary>Registry digest (<c>sha256:…</c>) when the image came from one.</summary>
    public string? Digest { get; init; }

    /// <summary>The image's own environment; PATH is taken from here.</summary>
    public IReadOnlyDictionary<string, string> Environment { get; init; } = new Dictionary<string, string>(StringComparer.Ordinal);

    public string? User { get; init; }

    public string? Architecture { get; init; }

    /// <summary>When it was built; null when the engine does not say.</summary>
    public DateTimeOffset? Created { get; init; }

    public long SizeBytes { get; init; }
}
