namespace CmlNet.Containers;

/// <summary>An engine whose disk can be freed.</summary>
public interface IImageCleaner
{
    /// <summary>Removes images that no container uses and no name points to, and volumes without a name that no container uses. Returns the bytes that the images took.</summary>
    Task<long> RemoveDanglingAsync(CancellationToken cancellationToken);
}
