namespace CmlNet.Publishing.CodeHosts;

/// <summary>A code host that shows statuses on commits.</summary>
public interface IStatusHost
{
    /// <summary>Sets a status; one with the same context is replaced.</summary>
    /// <param name="status">What to show.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    /// <exception cref="PublishingException">The host refused, or cannot be reached.</exception>
    Task SetStatusAsync(CommitStatus status, CancellationToken cancellationToken = default);
}
