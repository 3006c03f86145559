namespace CmlNet.Publishing.CodeHosts;

/// <summary>A code host that shows comments.</summary>
public interface ICommentHost
{
    /// <summary>Posts a new comment. Whatever the network does, at most one comment comes of it.</summary>
    /// <param name="place">Where to post.</param>
    /// <param name="body">Markdown.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    /// <exception cref="PublishingException">The host refused, or cannot be reached.</exception>
    Task<Comment> CreateCommentAsync(CommentPlace place, string body, CancellationToken cancellationToken = default);

    /// <summary>Replaces the body of a comment.</summary>
    /// <param name="place">Where the comment is.</param>
    /// <param name="id">The comment's <see cref="Comment.Id"/>.</param>
    /// <param name="body">Markdown.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    /// <exception cref="PublishingException">The host refused, or cannot be reached.</exception>
    Task<Comment> UpdateCommentAsync(CommentPlace place, string id, string body, CancellationToken cancellationToken = default);

    /// <summary>Every comment of the place, oldest first.</summary>
    /// <param name="place">Where to look.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    /// <exception cref="PublishingException">The host refused, or cannot be reached.</exception>
    IAsyncEnumerable<Comment> ListCommentsAsync(CommentPlace place, CancellationToken cancellationToken = default);

    /// <summary>Whether the comment was written under the identity this host posts as.</summary>
    /// <param name="comment">A comment this host listed.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    Task<bool> IsOwnAsync(Comment comment, CancellationToken cancellationToken = default);
}
