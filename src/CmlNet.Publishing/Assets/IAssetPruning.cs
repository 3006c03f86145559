namespace CmlNet.Publishing.Assets;

/// <summary>A place for images that can tell which ones no open pull request needs.</summary>
public interface IAssetPruning
{
    /// <summary>Removes the images of pull requests that are closed.</summary>
    /// <param name="isRehearsal">Only tells what would go.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    /// <returns>What was removed, by name.</returns>
    /// <exception cref="PublishingException">The host refused, or cannot be reached.</exception>
    Task<IReadOnlyList<string>> PruneAsync(bool isRehearsal, CancellationToken cancellationToken = default);
}
