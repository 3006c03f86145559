using CmlNet.Publishing.CodeHosts;
using CmlNet.Publishing.Detection;
using CmlNet.Publishing.Markdown;
using Microsoft.Extensions.Logging;

namespace CmlNet.Publishing.Comments;

/// <summary>Posts a report, its local files published and linked, as one comment.</summary>
/// <param name="host">Must have comments.</param>
/// <param name="context">What the run knows of its commit and pull request.</param>
/// <param name="linker">Publishes local files; <see langword="null"/> leaves the report as it is.</param>
/// <param name="logger">Gets one line for the comment.</param>
public sealed class CommentPublisher(ICodeHost host, PublishingContext context, AssetLinker? linker, ILogger logger)
{
    /// <summary>Posts or updates.</summary>
    /// <param name="request">The report and where it goes.</param>
    /// <param name="cancellationToken">Ends the work.</param>
    /// <exception cref="PublishingException">Nothing was posted; the message says why.</exception>
    public async Task<Comment> PublishAsync(CommentRequest request, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(request);
        if (request is { IsUpdate: true, HasWatermark: false })
            throw new PublishingException("watermarks are mandatory for updatable comments");
        ICommentHost comments = host.Require<ICommentHost>("comments");
        CommentPlace place = await CommentTarget.ResolveAsync(request.Target, context, host, cancellationToken);
        string label = Watermark.FillLabel(request.WatermarkLabel, context.Workflow, context.RunId);
        string report = linker is null ? request.Report : await linker.LinkAsync(request.Report, cancellationToken);
        string body = request.HasWatermark ? $"{report}\n\n{Watermark.Render(label, request.Sha ?? context.Sha)}" : report;

        Comment? old = request.IsUpdate ? await FindAsync(comments, place, label, cancellationToken) : null;
        if (old?.Body == body)
        {
            Log.CommentPublished(logger, "unchanged", old.Url);
            return old;
        }

        Comment comment = old is null
            ? await comments.CreateCommentAsync(place, body, cancellationToken)
            : await comments.UpdateCommentAsync(place, old.Id, body, cancellationToken);
        Log.CommentPublished(logger, old is null ? "created" : "updated", comment.Url);
        return comment;
    }

    /// <summary>The newest own comment with the mark.</summary>
    private async Task<Comment?> FindAsync(ICommentHost comments, CommentPlace place, string label, CancellationToken cancellationToken)
    {
        var marked = new List<Comment>();
        await foreach (Comment comment in comments.ListCommentsAsync(place, cancellationToken))
        {
            if (Watermark.IsIn(comment.Body, label))
                marked.Add(comment);
        }

        for (int i = marked.Count - 1; i >= 0; i--)
        {
            if (await comments.IsOwnAsync(marked[i], cancellationToken))
                return marked[i];
            Log.SomeoneElses(logger, marked[i].Url, marked[i].Author ?? "");
        }

        return null;
    }
}
