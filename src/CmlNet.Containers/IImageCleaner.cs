namespace CmlNet.Containers;

/// <summary>An engine whose disk can be freed.</summary>
public interface IImageCleaner
{
    /// <summary>Removes images that no container uses and no name points to, and volumes without a name that no container uses.</summary>
    /// <param name="keptVolumes">Volumes that stay, whatever they look like.</param>
    /// <param name="cancellationToken">Ends the work.</param>
    Task<CleaningResult> RemoveDanglingAsync(IReadOnlySet<string> keptVolumes, CancellationToken cancellationToken);
}
