namespace CmlNet.Dvc.Remotes;

/// <summary>A place that objects can be deleted at.</summary>
public interface IDeletingStore
{
    /// <summary>Deletes what is there under a name; nothing there is no failure.</summary>
    Task DeleteAsync(string name, CancellationToken cancellationToken);
}
