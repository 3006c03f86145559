using CmlNet.Publishing.CodeHosts;

namespace CmlNet.Publishing.Assets;

/// <summary>The code host's own uploads. Who may see the repository may see them.</summary>
internal sealed class UploadStore(ICodeHost host) : IAssetStore, IForgetfulStore
{
    private readonly IUploadHost _uploads = host.Require<IUploadHost>("uploads of its own; pass --publish-url with the address of an asset server");

    public string Name => "uploads";

    public bool IsForComments => _uploads.AreForComments;

    public string? AddressStart => _uploads.AddressStart;

    public Task<string> StoreAsync(Asset asset, CancellationToken cancellationToken = default) => _uploads.UploadAsync(asset, cancellationToken);
}
