using System.Runtime.CompilerServices;
using CmlNet.Publishing.CodeHosts;

namespace CmlNet.Publishing.Tests.Comments;

/// <summary>A host whose first look at the comments ends only when another job has looked too.</summary>
internal sealed class RacingHost(ICodeHost inner, Barrier barrier) : ICodeHost, ICommentHost, ICommentDeletion, ICommentLimits
{
    private int _looks;

    public int Limit { get; init; } = int.MaxValue;

    public string Name => inner.Name;

    private ICommentHost Comments => (ICommentHost)inner;

    public Task<Comment> CreateCommentAsync(CommentPlace place, string body, CancellationToken cancellationToken = default) => Comments.CreateCommentAsync(place, body, cancellationToken);

    public Task<Comment> UpdateCommentAsync(CommentPlace place, string id, string body, CancellationToken cancellationToken = default) => Comments.UpdateCommentAsync(place, id, body, cancellationToken);

    public Task DeleteCommentAsync(CommentPlace place, string id, CancellationToken cancellationToken = default) => ((ICommentDeletion)inner).DeleteCommentAsync(place, id, cancellationToken);

    public int LargestComment(CommentSurface surface) => Limit;

    public Task<bool> IsOwnAsync(Comment comment, CancellationToken cancellationToken = default) => Comments.IsOwnAsync(comment, cancellationToken);

    public async IAsyncEnumerable<Comment> ListCommentsAsync(CommentPlace place, [EnumeratorCancellation] CancellationToken cancellationToken = default)
    {
        await foreach (Comment comment in Comments.ListCommentsAsync(place, cancellationToken))
            yield return comment;
        if (_looks++ == 0)
            await Task.Run(() => barrier.SignalAndWait(TimeSpan.FromSeconds(30), cancellationToken), cancellationToken);
    }

    public void Dispose() => inner.Dispose();
}
