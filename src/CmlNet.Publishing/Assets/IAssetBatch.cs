namespace CmlNet.Publishing.Assets;

/// <summary>An image store for which many files at once are cheaper than one by one.</summary>
public interface IAssetBatch
{
    /// <summary>Stores files; <see cref="IAssetStore.StoreAsync"/> of each then answers at once, or fails as this has.</summary>
    /// <param name="assets">The files.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    Task PrepareAsync(IReadOnlyList<Asset> assets, CancellationToken cancellationToken = default);
}
