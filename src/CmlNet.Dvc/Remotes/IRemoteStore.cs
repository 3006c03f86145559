namespace CmlNet.Dvc.Remotes;

/// <summary>A place that keeps objects under names with slashes. What it shows is complete: a write is seen whole or not at all.</summary>
public interface IRemoteStore
{
    /// <summary>For messages; without anything secret.</summary>
    string Address { get; }

    /// <summary>Whether there is something of that name.</summary>
    Task<bool> ExistsAsync(string name, CancellationToken cancellationToken);

    /// <summary>Writes the content to a stream, from an offset on; false when there is nothing of that name.</summary>
    Task<bool> ReadAsync(string name, Stream target, long offset, CancellationToken cancellationToken);

    /// <summary>Puts a file there.</summary>
    Task WriteAsync(string name, string path, CancellationToken cancellationToken);

    /// <summary>The names below a prefix; null when the place cannot list.</summary>
    Task<IReadOnlyCollection<string>?> ListAsync(string prefix, CancellationToken cancellationToken);
}
