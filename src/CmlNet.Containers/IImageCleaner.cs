namespace CmlNet.Containers;

/// <summary>An engine whose disk can be freed.</summary>
public interface IImageCleaner
{
    /// <summary>Removes images that no container uses and no name points to. Returns the bytes freed.</summary>
    Task<long> RemoveDanglingAsync(CancellationToken cancellationToken);
}
