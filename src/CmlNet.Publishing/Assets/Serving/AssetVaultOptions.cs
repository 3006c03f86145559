namespace CmlNet.Publishing.Assets.Serving;

/// <summary>What an <see cref="AssetVault"/> takes.</summary>
public sealed record AssetVaultOptions
{
    /// <summary>Absolute path; created where it is missing.</summary>
    public required string Directory { get; init; }

    /// <summary>Largest file in bytes. Default: <see cref="AssetFiles.DefaultLimit"/>.</summary>
    public long SizeLimit { get; init; } = AssetFiles.DefaultLimit;

    /// <summary>All files together, in bytes. Default: 10 GiB.</summary>
    public long TotalLimit { get; init; } = 10L * 1024 * 1024 * 1024;

    /// <summary>Media types that are taken, a subset of <see cref="ServedTypes.All"/>. Default: all of them.</summary>
    public IReadOnlyCollection<string> MediaTypes { get; init; } = ServedTypes.All;
}
