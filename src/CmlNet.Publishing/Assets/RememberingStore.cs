using System.Collections.Concurrent;
using System.Globalization;

namespace CmlNet.Publishing.Assets;

/// <summary>Stores each file once for as long as the services live: a watched report is posted again and again, mostly with the same pictures.</summary>
/// <param name="inner">Stores.</param>
/// <param name="known">What was stored before, by store and file.</param>
internal sealed class RememberingStore(IAssetStore inner, ConcurrentDictionary<string, string> known) : IAssetStore, IForgetfulStore
{
    public string Name => inner.Name;

    public bool IsForComments => inner.IsForComments;

    public bool KeepsFiles => inner.KeepsFiles;

    public string? ReadersNote => inner.ReadersNote;

    public string? AddressStart => (inner as IForgetfulStore)?.AddressStart;

    public async Task<string> StoreAsync(Asset asset, CancellationToken cancellationToken = default)
    {
        string key = string.Create(CultureInfo.InvariantCulture, $"{inner.Name}\n{asset.FileName}\n{asset.MediaType}\n{asset.Content.Length}\n{ContentStamp.Of(asset.Content.Span)}");
        if (!known.TryGetValue(key, out string? reference))
            known[key] = reference = await inner.StoreAsync(asset, cancellationToken);
        return reference;
    }
}
