namespace CmlNet.Publishing.Assets;

/// <summary>An image store that stands for another one, which it chooses when it is needed.</summary>
internal interface IAssetChoice
{
    /// <summary>Chooses.</summary>
    /// <returns>The name of the store, and why it.</returns>
    /// <exception cref="PublishingException">What it depends on cannot be found out.</exception>
    Task<(string Store, string Reason)> ChooseAsync(CancellationToken cancellationToken);
}
