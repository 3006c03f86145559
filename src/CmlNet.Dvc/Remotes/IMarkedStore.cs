namespace CmlNet.Dvc.Remotes;

/// <summary>A place that gives each version of an object a mark.</summary>
public interface IMarkedStore
{
    /// <summary>The mark of what is there now, as DVC records it; null when there is nothing of that name, or it has none.</summary>
    Task<string?> MarkAsync(string name, CancellationToken cancellationToken);

    /// <summary>The names below a prefix with the mark of each; null when the place may not be listed.</summary>
    Task<IReadOnlyList<KeyValuePair<string, string>>?> MarksAsync(string prefix, CancellationToken cancellationToken);
}
