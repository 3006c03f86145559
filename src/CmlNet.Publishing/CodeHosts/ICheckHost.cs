namespace CmlNet.Publishing.CodeHosts;

/// <summary>A code host that shows check runs on commits.</summary>
public interface ICheckHost
{
    /// <summary>Creates a check run.</summary>
    /// <param name="check">What to show.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    /// <returns>The check run's address, or its path on a local host.</returns>
    /// <exception cref="PublishingException">The host refused, or cannot be reached.</exception>
    Task<string> CreateCheckAsync(CheckRun check, CancellationToken cancellationToken = default);
}
