namespace CmlNet.Publishing.Assets;

/// <summary>A file to publish.</summary>
public sealed record Asset
{
    /// <summary>The name people see, without directories.</summary>
    public required string FileName { get; init; }

    /// <summary>Media type, e.g. <c>image/png</c>.</summary>
    public required string MediaType { get; init; }

    /// <summary>The bytes.</summary>
    public required ReadOnlyMemory<byte> Content { get; init; }
}
