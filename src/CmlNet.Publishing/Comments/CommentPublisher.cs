using System.Net;
using CmlNet.Publishing.CodeHosts;
using CmlNet.Publishing.Detection;
using CmlNet.Publishing.Length;
using CmlNet.Publishing.Markdown;
using Microsoft.Extensions.Logging;

namespace CmlNet.Publishing.Comments;

/// <summary>Posts a report, its local files published and linked, as one comment, or as several where it is too long for one.</summary>
/// <param name="host">Must have comments.</param>
/// <param name="context">What the run knows of its commit and pull request.</param>
/// <param name="linker">Publishes local files; <see langword="null"/> leaves the report as it is.</param>
/// <param name="logger">Gets one line for each comment.</param>
public sealed class CommentPublisher(ICodeHost host, PublishingContext context, AssetLinker? linker, ILogger logger)
{
    /// <summary>The number in GitHub's refusal; some of its servers mean it.</summary>
    private const int SafeLimit = 65535;

    /// <summary>Puts a report that is too long somewhere whole, and answers where; null where there is no such place.</summary>
    internal Func<string, CancellationToken, Task<string?>>? KeepWhole { get; init; }

    /// <summary>Knows where files are that an earlier run has stored; null where their store knows by itself, or nothing is stored.</summary>
    internal FileRecord? Record { get; init; }

    private readonly ICommentHost _comments = host.Require<ICommentHost>("comments");

    /// <summary>Posts or updates.</summary>
    /// <param name="request">The report and where it goes.</param>
    /// <param name="cancellationToken">Ends the work.</param>
    /// <returns>The comment that the report starts in.</returns>
    /// <exception cref="PublishingException">Nothing was posted; the message says why.</exception>
    public async Task<Comment> PublishAsync(CommentRequest request, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(request);
        RequireCapabilities(host, request);
        bool needsMark = NeedsMark(request);
        CommentPlace place = await ResolveAsync(request.Target, cancellationToken);
        var own = new OwnComments(_comments, place, LabelOf(request), logger);
        string report = await LinkAsync(request, place, cancellationToken);
        IReadOnlyList<IReadOnlyList<Comment>> old = needsMark ? await own.FindAsync(cancellationToken) : [];
        if (request.IsAppended && old[0].Count > 0)
            report = $"{string.Join("\n\n", old.Where(p => p.Count > 0).Select(p => Watermark.Strip(p[^1].Body)))}\n\n---\n\n{report}";
        Func<int, string>? mark = request.HasWatermark ? part => Watermark.Render(own.LabelOf(part), request.Sha ?? context.Sha) : null;
        bool isUpdate = (request.IsUpdate || request.IsAppended) && !request.IsRecreated;
        int limit = (host as ICommentLimits)?.LargestComment(place.Surface) ?? int.MaxValue;
        var post = new CommentPost(host, place, logger);
        string? whole = CommentBodies.Fits(report, limit, mark) ? null : await WholeAsync(report, limit, cancellationToken);
        var bodies = new CommentBodies(report, limit, mark, whole);
        Comment first;
        try
        {
            first = await post.WriteAsync(bodies, isUpdate ? old : [], cancellationToken);
        }
        catch (PublishingException e) when (e.Status == HttpStatusCode.UnprocessableEntity && limit > SafeLimit && ReportSplitter.Bytes(report) > SafeLimit / 2)
        {
            whole ??= await WholeAsync(report, SafeLimit, cancellationToken);
            bodies = new CommentBodies(report, SafeLimit, mark, whole);
            first = await post.WriteAsync(bodies, isUpdate ? old : [], cancellationToken);
        }

        if (isUpdate && old[0].Count == 0)
            return await post.RemoveTwinsAsync(first, bodies, own, cancellationToken);
        if (request.IsRecreated)
            await post.DeleteAsync(old.SelectMany(p => p), cancellationToken);
        else if (request.AreOldHidden)
            await post.HideAsync(old.SelectMany(p => p).Where(c => !isUpdate && c.Id != first.Id), cancellationToken);
        return first;
    }

    /// <summary>Deletes every own comment with the request's mark.</summary>
    /// <param name="request">Its target and label count, its report does not.</param>
    /// <param name="cancellationToken">Ends the work.</param>
    /// <returns>How many there were.</returns>
    /// <exception cref="PublishingException">The host refused, or cannot be reached.</exception>
    public async Task<int> DeleteAsync(CommentRequest request, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(request);
        CommentPlace place = await CommentTarget.ResolveAsync(request.Target, context, host, cancellationToken);
        Comment[] old = [.. (await new OwnComments(_comments, place, LabelOf(request), logger).FindAsync(cancellationToken)).SelectMany(p => p)];
        await new CommentPost(host, place, logger).DeleteAsync(old, cancellationToken);
        return old.Length;
    }

    /// <summary>What the host lacks, or cannot be meant, is said before anything is sent.</summary>
    internal static void RequireCapabilities(ICodeHost host, CommentRequest request)
    {
        if (NeedsMark(request) && !request.HasWatermark)
            throw new PublishingException("watermarks are mandatory for updatable comments");
        CommentTarget.RequireReadable(request.Target);
        host.Require<ICommentHost>("comments");
        // A directory folds nothing away; a rehearsal should not fail for that.
        if (request.AreOldHidden && host.Name != "local")
            host.Require<ICommentHiding>("folding comments away; --update or --recreate leaves one comment");
        if (request.IsRecreated)
            host.Require<ICommentDeletion>("deleting comments");
    }

    /// <summary>Lets the record learn what comments of earlier runs tell, which is for an update of theirs.</summary>
    internal async Task LearnAsync(FileRecord record, CommentRequest request, CancellationToken cancellationToken)
    {
        if (!request.IsUpdate && !request.IsAppended)
            return;
        CommentPlace place = await ResolveAsync(request.Target, cancellationToken);
        IReadOnlyList<IReadOnlyList<Comment>> old = await new OwnComments(_comments, place, LabelOf(request), logger).FindAsync(cancellationToken);
        record.Learn(old.SelectMany(p => p).Select(c => c.Body));
    }

    private async Task<string> LinkAsync(CommentRequest request, CommentPlace place, CancellationToken cancellationToken)
    {
        if (linker is null)
            return request.Report;
        if (Record is null || !request.HasWatermark)
            return await linker.LinkAsync(request.Report, cancellationToken);
        await LearnAsync(Record, request with { Target = place.ToString() }, cancellationToken);
        return Record.AddTo(await linker.LinkAsync(request.Report, cancellationToken));
    }

    /// <summary>Only where there is something to cut that readers should find elsewhere.</summary>
    private Task<string?> WholeAsync(string report, int limit, CancellationToken cancellationToken) =>
        KeepWhole is { } keep && (CommentBodies.IsTooMuch(report, limit) || CollapsedSections.AreIn(report)) ? keep(report, cancellationToken) : Task.FromResult<string?>(null);

    private static bool NeedsMark(CommentRequest request) => request.IsUpdate || request.IsRecreated || request.IsAppended || request.AreOldHidden;

    /// <summary>The place; nothing is published for one where the host shows no comments.</summary>
    internal async Task<CommentPlace> ResolveAsync(string target, CancellationToken cancellationToken)
    {
        CommentPlace place = await CommentTarget.ResolveAsync(target, context, host, cancellationToken);
        return (host as ICommentSurfaces)?.Refusal(place.Surface) is { } refusal ? throw new PublishingException(refusal) : place;
    }

    private string LabelOf(CommentRequest request) => Watermark.FillLabel(request.WatermarkLabel, context.Workflow, context.RunId);
}
