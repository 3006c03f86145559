namespace CmlNet.Publishing.CodeHosts;

/// <summary>A code host that shows check runs on commits.</summary>
public interface ICheckHost
{
    /// <summary>Creates a check run. Whatever the network does, at most one comes of it.</summary>
    /// <param name="check">What to show.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    /// <exception cref="PublishingException">The host refused, or cannot be reached.</exception>
    Task<CheckReference> CreateCheckAsync(CheckRun check, CancellationToken cancellationToken = default);

    /// <summary>The newest check run of a commit with a title; <see langword="null"/> where there is none that this host's identity made.</summary>
    /// <param name="sha">The commit.</param>
    /// <param name="title">The check's <see cref="CheckRun.Title"/>.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    /// <exception cref="PublishingException">The host refused, or cannot be reached.</exception>
    Task<CheckReference?> FindCheckAsync(string sha, string title, CancellationToken cancellationToken = default);

    /// <summary>Replaces what a check run shows. Its annotations are added to those there are.</summary>
    /// <param name="id">The check run's <see cref="CheckReference.Id"/>.</param>
    /// <param name="check">What to show.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    /// <exception cref="PublishingException">The host refused, or cannot be reached.</exception>
    Task<CheckReference> UpdateCheckAsync(string id, CheckRun check, CancellationToken cancellationToken = default);
}
