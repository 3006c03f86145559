namespace CmlNet.Publishing.Assets.Serving;

/// <summary>What came of an upload.</summary>
public sealed record StoredAsset
{
    /// <summary>The file; <see langword="null"/> where it was refused.</summary>
    public ServedAsset? File { get; init; }

    /// <summary>Why it was refused.</summary>
    public AssetRefusal? Refusal { get; init; }

    /// <summary>The type its content was found to be.</summary>
    public string? MediaType { get; init; }

    /// <summary>The same file was there before.</summary>
    public bool IsKnown { get; init; }
}
