namespace CmlNet.Publishing.CodeHosts;

/// <summary>A code host that knows which pull requests a commit belongs to.</summary>
public interface ICommitPullRequests
{
    /// <summary>Numbers of the open pull requests that contain the commit, in the host's order.</summary>
    /// <param name="sha">The commit.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    /// <exception cref="PublishingException">The host refused, or cannot be reached.</exception>
    Task<IReadOnlyList<int>> FindOpenPullRequestsAsync(string sha, CancellationToken cancellationToken = default);
}
