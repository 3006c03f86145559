namespace CmlNet.Publishing.CodeHosts;

/// <summary>A code host with pull requests.</summary>
public interface IPullRequestHost
{
    /// <summary>The open pull request from one branch to another; <see langword="null"/> where there is none.</summary>
    /// <param name="source">The branch with the changes.</param>
    /// <param name="target">The branch they go to.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    /// <exception cref="PublishingException">The host refused, or cannot be reached.</exception>
    Task<PullRequest?> FindPullRequestAsync(string source, string target, CancellationToken cancellationToken = default);

    /// <summary>Opens a pull request. Whatever the network does, at most one comes of it.</summary>
    /// <param name="request">What to open; both branches are on the host.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    /// <exception cref="PublishingException">The host refused, or cannot be reached.</exception>
    Task<PullRequest> CreatePullRequestAsync(NewPullRequest request, CancellationToken cancellationToken = default);

    /// <summary>Has a pull request merged as soon as its checks have passed; at once where the host does not wait for any.</summary>
    /// <param name="pullRequest">What to merge.</param>
    /// <param name="method">How.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    /// <returns>Why it was merged at once; <see langword="null"/> where it will be merged later.</returns>
    /// <exception cref="PublishingException">The host refused, or cannot be reached.</exception>
    Task<string?> MergePullRequestAsync(PullRequest pullRequest, MergeMethod method, CancellationToken cancellationToken = default);
}
