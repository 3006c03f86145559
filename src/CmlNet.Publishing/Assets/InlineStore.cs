namespace CmlNet.Publishing.Assets;

/// <summary>Keeps nothing: what pictures show is written into the report, as tables, diagrams and sparklines.</summary>
internal sealed class InlineStore : IAssetStore
{
    public string Name => "inline";

    public bool KeepsFiles => false;

    public Task<string> StoreAsync(Asset asset, CancellationToken cancellationToken = default) =>
        throw new PublishingException($"the image store 'inline' writes into reports what pictures show, and keeps no files, so '{asset.FileName}' has no address");
}
