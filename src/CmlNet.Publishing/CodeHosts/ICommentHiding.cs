namespace CmlNet.Publishing.CodeHosts;

/// <summary>A code host whose comments can be folded away.</summary>
public interface ICommentHiding
{
    /// <summary>Folds a comment away as outdated; readers can unfold it.</summary>
    /// <param name="comment">A comment this host listed.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    /// <exception cref="PublishingException">The host refused, or cannot be reached.</exception>
    Task HideCommentAsync(Comment comment, CancellationToken cancellationToken = default);
}
