namespace CmlNet.Containers;

/// <summary>An engine whose containers and networks outlive our process, and so may have to be found and removed by a later one.</summary>
public interface IContainerCleaner
{
    /// <summary>
    /// Containers (running or not) first, then networks, that carry the label: <c>key</c> or <c>key=value</c>,
    /// e.g. <c>cmlnet.run=42</c>. Removing them in this order works.
    /// </summary>
    Task<IReadOnlyList<Leftover>> FindAsync(string label, CancellationToken cancellationToken);

    /// <summary>Kills and removes one; a container goes with its anonymous volumes. One that is already gone is no error.</summary>
    Task RemoveAsync(Leftover leftover, CancellationToken cancellationToken);
}
