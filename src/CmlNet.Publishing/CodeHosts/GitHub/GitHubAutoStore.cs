using System.Net;
using CmlNet.Publishing.Assets;
using Microsoft.Extensions.Logging;

namespace CmlNet.Publishing.CodeHosts.GitHub;

/// <summary>
/// The image store that suits the repository's visibility and the kind of token: personal attachments in a private repository
/// where the token is a person's, else a hidden reference. What one refuses goes to the next.
/// </summary>
/// <param name="visibility">Of the repository.</param>
/// <param name="attachments">Opens that store; null where the host or the token has none.</param>
/// <param name="references">Opens that store.</param>
/// <param name="logger">Gets the choice and its reason.</param>
internal sealed class GitHubAutoStore(GitHubVisibility visibility, Func<IAssetStore>? attachments, Func<GitHubRefStore> references, ILogger logger) : IAssetStore, IAssetBatch, IAssetChoice, IForgetfulStore, IDisposable
{
    private readonly SemaphoreSlim _gate = new(1);
    private IReadOnlyList<Asset> _assets = [];
    private List<IAssetStore>? _stores;
    private string _reason = "";

    public string Name => _stores?[0].Name ?? "auto";

    /// <summary>Whether it comes to attachments is not known yet; the reference's addresses begin otherwise, and are not recorded.</summary>
    public string? AddressStart => attachments is null ? null : GitHubAttachmentStore.Addresses;

    public string? ReadersNote => _stores?.Select(s => s.ReadersNote).FirstOrDefault(n => n is not null);

    public async Task<(string Store, string Reason)> ChooseAsync(CancellationToken cancellationToken) => ((await StoresAsync(cancellationToken))[0].Name, _reason);

    public async Task PrepareAsync(IReadOnlyList<Asset> assets, CancellationToken cancellationToken = default)
    {
        _assets = assets;
        try
        {
            if ((await StoresAsync(cancellationToken))[0] is IAssetBatch batch)
                await batch.PrepareAsync(assets, cancellationToken);
        }
        catch (PublishingException)
        {
            // Storing each of them will tell.
        }
    }

    public async Task<string> StoreAsync(Asset asset, CancellationToken cancellationToken = default)
    {
        List<IAssetStore> stores = await StoresAsync(cancellationToken);
        try
        {
            return await stores[0].StoreAsync(asset, cancellationToken);
        }
        catch (PublishingException e) when (stores.Count > 1)
        {
            return await StoreElsewhereAsync(stores, asset, e, cancellationToken);
        }
    }

    public void Dispose() => _gate.Dispose();

    private async Task<string> StoreElsewhereAsync(List<IAssetStore> stores, Asset asset, PublishingException refusal, CancellationToken cancellationToken)
    {
        IAssetStore next = stores[1];
        Log.StoreRefused(logger, stores[0].Name, next.Name, refusal.Message);
        // Whom the host refuses altogether, it refuses for every file; else it is about this one.
        bool isForAll = refusal.Status is HttpStatusCode.Unauthorized or HttpStatusCode.Forbidden or HttpStatusCode.NotFound;
        if (isForAll && Interlocked.CompareExchange(ref _stores, [.. stores.Skip(1)], stores) == stores && next is IAssetBatch batch)
            await batch.PrepareAsync(_assets, cancellationToken);
        return await next.StoreAsync(asset, cancellationToken);
    }

    private async Task<List<IAssetStore>> StoresAsync(CancellationToken cancellationToken)
    {
        if (_stores is { } chosen)
            return chosen;
        await _gate.WaitAsync(cancellationToken);
        try
        {
            return _stores ??= await ReadAsync(cancellationToken);
        }
        finally
        {
            _gate.Release();
        }
    }

    private async Task<List<IAssetStore>> ReadAsync(CancellationToken cancellationToken)
    {
        bool isPrivate = await visibility.IsPrivateAsync(cancellationToken);
        bool isAttached = isPrivate && attachments is not null;
        _reason = isAttached ? "the repository is private, and the token is a person's, so who may read the repository sees them"
            : isPrivate ? "the repository is private, and no asset server or bucket is configured; who is signed in sees them"
            : "the repository is public, and no asset server or bucket is configured";
        List<IAssetStore> stores = isAttached ? [attachments!(), references()] : [references()]; // not null, or it would not be so
        Log.StoreChosen(logger, stores[0].Name, _reason);
        return stores;
    }
}
