namespace CmlNet.Publishing.CodeHosts;

/// <summary>A code host that knows which pull requests a commit belongs to.</summary>
public interface ICommitPullRequests
{
    /// <summary>Numbers of the open pull requests that contain the commit, in the host's order.</summary>
    /// <param name="sha">The commit.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    /// <exception cref="PublishingException">The host refused, or cannot be reached.</exception>
    Task<IReadOnlyList<int>> FindOpenPullRequestsAsync(string sha, CancellationToken cancellationToken = default);

    /// <summary>Number of the open pull request whose newest commit this is; <see langword="null"/> where there is none.</summary>
    /// <param name="sha">The commit.</param>
    /// <param name="owner">Owner of the repository with the changes, where it is known.</param>
    /// <param name="branch">The branch with the changes, where it is known.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    /// <exception cref="PublishingException">The host refused, or cannot be reached.</exception>
    Task<int?> FindByHeadAsync(string sha, string? owner, string? branch, CancellationToken cancellationToken = default);
}
