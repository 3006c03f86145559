namespace CmlNet.Publishing.CodeHosts;

/// <summary>A code host whose comments can be deleted.</summary>
public interface ICommentDeletion
{
    /// <summary>Deletes a comment; one that is gone already is no failure.</summary>
    /// <param name="place">Where the comment is.</param>
    /// <param name="id">The comment's <see cref="Comment.Id"/>.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    /// <exception cref="PublishingException">The host refused, or cannot be reached.</exception>
    Task DeleteCommentAsync(CommentPlace place, string id, CancellationToken cancellationToken = default);
}
