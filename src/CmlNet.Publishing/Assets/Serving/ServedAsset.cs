namespace CmlNet.Publishing.Assets.Serving;

/// <summary>A file of an <see cref="AssetVault"/>.</summary>
/// <param name="Name">The last part of its address: 32 hexadecimal digits and an extension.</param>
/// <param name="Path">Absolute.</param>
/// <param name="MediaType">As its extension tells.</param>
/// <param name="Length">In bytes.</param>
public sealed record ServedAsset(string Name, string Path, string MediaType, long Length);
