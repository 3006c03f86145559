using CmlNet.Publishing.CodeHosts;
using Microsoft.Extensions.Logging;

namespace CmlNet.Publishing.Comments;

/// <summary>Writes the comments of one report to one place, and takes away what it replaces.</summary>
internal sealed class CommentPost(ICodeHost host, CommentPlace place, ILogger logger)
{
    private const int MostHidden = 20;

    private readonly ICommentHost _comments = host.Require<ICommentHost>("comments");

    /// <summary>Writes every part: over the newest old comment of that part, else anew. Old parts there is no more use for are deleted.</summary>
    public async Task<Comment> WriteAsync(CommentBodies bodies, IReadOnlyList<IReadOnlyList<Comment>> old, CancellationToken cancellationToken)
    {
        if (bodies.Count > 1)
            Log.PostedInParts(logger, (host as ICommentLimits)?.LargestComment(place.Surface) ?? 0, bodies.Count);
        if (bodies.IsCut)
            Log.LeftOut(logger, CommentBodies.Most);
        Comment? first = null;
        for (int part = 0; part < bodies.Count; part++)
        {
            Comment? previous = part < old.Count && old[part].Count > 0 ? old[part][^1] : null;
            Comment written = await WriteAsync(bodies.Body(part, first?.Url ?? ""), previous, cancellationToken);
            first ??= written;
        }

        await DeleteAsync(old.Skip(bodies.Count).SelectMany(p => p), cancellationToken);
        return first!; // a report has one part at least
    }

    /// <summary>
    /// Two jobs that found no comment have both made theirs. Each looks again: of every part the oldest stays, with what the
    /// later of them wrote. Who was later is told by the first parts, so that all parts are of one report.
    /// </summary>
    /// <param name="mine">The first part, as it was posted.</param>
    /// <param name="bodies">As they were sent: in a comment they may name files that are attached to it, and go with it.</param>
    /// <param name="own">Looks again.</param>
    /// <param name="cancellationToken">Ends the work.</param>
    public async Task<Comment> RemoveTwinsAsync(Comment mine, CommentBodies bodies, OwnComments own, CancellationToken cancellationToken)
    {
        IReadOnlyList<IReadOnlyList<Comment>> marked = await own.FindAsync(cancellationToken);
        if (marked[0].Count == 0)
            return mine;
        Comment kept = marked[0][0];
        bool isLater = kept.Id != mine.Id;
        if (isLater)
        {
            kept = await WriteAsync(bodies.Body(0, ""), kept, cancellationToken);
            for (int part = 1; part < Math.Min(bodies.Count, marked.Count); part++)
                await WriteAsync(bodies.Body(part, kept.Url), marked[part][0], cancellationToken);
        }

        await DeleteAsync(marked.SelectMany((part, index) => part.Skip(isLater && index >= bodies.Count ? 0 : 1)), cancellationToken);
        return isLater ? kept : mine;
    }

    public async Task DeleteAsync(IEnumerable<Comment> comments, CancellationToken cancellationToken)
    {
        foreach (Comment comment in comments)
        {
            await host.Require<ICommentDeletion>("deleting comments").DeleteCommentAsync(place, comment.Id, cancellationToken);
            Log.CommentPublished(logger, "deleted", comment.Url);
        }
    }

    /// <summary>Best effort: the report is posted already.</summary>
    public async Task HideAsync(IEnumerable<Comment> comments, CancellationToken cancellationToken)
    {
        try
        {
            foreach (Comment comment in comments.TakeLast(MostHidden))
                await host.Require<ICommentHiding>("folding comments away").HideCommentAsync(comment, cancellationToken);
        }
        catch (PublishingException e)
        {
            Log.NotHidden(logger, e.Message);
        }
    }

    private async Task<Comment> WriteAsync(string body, Comment? old, CancellationToken cancellationToken)
    {
        if (old is not null && IsSame(old.Body, body))
        {
            Log.CommentPublished(logger, "unchanged", old.Url);
            return old with { Change = CommentChange.Unchanged };
        }

        Comment comment = old is null
            ? await _comments.CreateCommentAsync(place, body, cancellationToken)
            : await _comments.UpdateCommentAsync(place, old.Id, body, cancellationToken);
        // A rehearsed one has no address, and is not there.
        CommentChange change = comment.Change ?? (old is null ? CommentChange.Created : CommentChange.Updated);
        if (comment.Url.Length > 0)
            Log.CommentPublished(logger, change.ToString().ToLowerInvariant(), comment.Url);
        return comment with { Change = change };
    }

    /// <summary>Hosts store line ends as they like, and some are sent another text.</summary>
    private bool IsSame(string old, string body) => old == body || Sent(old) == Sent(body);

    private string Sent(string body) => ((host as ICommentForm)?.Sent(body) ?? body).ReplaceLineEndings("\n").Trim();
}
