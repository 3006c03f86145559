namespace CmlNet.Containers;

/// <summary>An image to make available.</summary>
public sealed record ImageRequest
{
    /// <summary>Reference as a user writes it, with or without registry and tag.</summary>
    public required string Reference { get; init; }

    /// <summary>Ask the registry even when a local image exists.</summary>
    public bool AlwaysPull { get; init; }

    public RegistryCredentials? Credentials { get; init; }
}
