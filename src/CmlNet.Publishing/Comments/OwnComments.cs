using CmlNet.Publishing.CodeHosts;
using Microsoft.Extensions.Logging;

namespace CmlNet.Publishing.Comments;

/// <summary>The comments of one place that an earlier run left for the same report.</summary>
/// <param name="host">Asked.</param>
/// <param name="place">Where to look.</param>
/// <param name="label">The report's label, filled in.</param>
/// <param name="logger">Gets what is left alone.</param>
internal sealed class OwnComments(ICommentHost host, CommentPlace place, string label, ILogger logger)
{
    private const int MostParts = 100;

    /// <summary>Label of a part; the first part has the report's own.</summary>
    public string LabelOf(int part) => part == 0 ? label : FormattableString.Invariant($"{label} (part {part + 1})").TrimStart();

    /// <summary>Own comments by part, oldest first; from the second part on up to the last there is.</summary>
    public async Task<IReadOnlyList<IReadOnlyList<Comment>>> FindAsync(CancellationToken cancellationToken)
    {
        var marked = new List<Comment>();
        await foreach (Comment comment in host.ListCommentsAsync(place, cancellationToken))
        {
            if (comment.Body.Contains(Watermark.Prefix, StringComparison.Ordinal))
                marked.Add(comment);
        }

        var parts = new List<IReadOnlyList<Comment>>();
        for (int part = 0; part < MostParts; part++)
        {
            var own = new List<Comment>();
            foreach (Comment comment in marked.Where(c => Watermark.IsIn(c.Body, LabelOf(part))))
            {
                if (await host.IsOwnAsync(comment, cancellationToken))
                    own.Add(comment);
                else
                    Log.SomeoneElses(logger, comment.Url, comment.Author ?? "");
            }

            if (part > 0 && own.Count == 0)
                break;
            parts.Add(own);
        }

        return parts;
    }
}
