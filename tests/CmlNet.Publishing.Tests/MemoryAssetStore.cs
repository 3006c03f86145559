using System.Collections.Concurrent;
using CmlNet.Publishing.Assets;

namespace CmlNet.Publishing.Tests;

/// <summary>Keeps what it is given; refuses names it is told to.</summary>
internal sealed class MemoryAssetStore : IAssetStore
{
    public string Name => "memory";

    public ConcurrentQueue<Asset> Stored { get; } = new();

    public HashSet<string> Refused { get; } = new(StringComparer.Ordinal);

    public Func<Asset, string> Reference { get; init; } = static asset => $"https://assets.example/{asset.FileName.Replace(' ', '+')}";

    public Task<string> StoreAsync(Asset asset, CancellationToken cancellationToken = default)
    {
        if (Refused.Contains(asset.FileName))
            throw new PublishingException("the store is full");
        Stored.Enqueue(asset);
        return Task.FromResult(Reference(asset));
    }
}
