using System.Net;
using CmlNet.Publishing.Assets;
using CmlNet.Publishing.Bundles;
using CmlNet.Publishing.CodeHosts;
using CmlNet.Publishing.Comments;
using CmlNet.Publishing.Detection;
using CmlNet.Publishing.Http;
using CmlNet.Publishing.Markdown;
using Microsoft.Extensions.Logging;

namespace CmlNet.Publishing.Surfaces;

/// <summary>Shows one report everywhere it is asked for: its files published once, every surface tried, each failure told.</summary>
public sealed class ReportPublisher
{
    private readonly PublishingServices _services;
    private readonly Lazy<ICodeHost> _host;
    private readonly string? _summaryPath;
    private readonly Rehearsal? _rehearsal;
    private readonly ILogger _logger;

    internal ReportPublisher(PublishingServices services, string? summaryPath, Rehearsal? rehearsal, ILogger logger)
    {
        _services = services;
        _host = new Lazy<ICodeHost>(services.OpenCodeHost);
        _summaryPath = summaryPath;
        _rehearsal = rehearsal;
        _logger = logger;
    }

    private PublishingContext Context => _services.Context;

    /// <summary>Publishes.</summary>
    /// <param name="request">The report and where it goes.</param>
    /// <param name="cancellationToken">Ends the work.</param>
    /// <returns>What came of each surface, in the order of <see cref="ReportSurface"/>; failures too, where more than one was asked for.</returns>
    /// <exception cref="PublishingException">The only surface failed, or a code host lacks one; nothing was sent in the second case.</exception>
    public async Task<IReadOnlyList<SurfaceResult>> PublishAsync(ReportRequest request, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(request);
        RequireCapabilities(request);
        request = await WithPlaceAsync(request, cancellationToken);
        IAssetStore? store = request.AreAssetsPublished ? _services.OpenAssetStore() : null;
        FileRecord? record = await RecordAsync(store, request, cancellationToken);
        string report = request.AreAssetsPublished ? await LinkAsync(store, record, request, cancellationToken) : Concatenate([.. request.Sources.Select(s => s.Markdown)]);
        var results = new List<SurfaceResult>();
        foreach (ReportSurface surface in request.Surfaces.Distinct().Order())
        {
            try
            {
                results.Add(await ShowAsync(surface, surface == ReportSurface.Comment && record is not null ? record.AddTo(report) : report, request, results, cancellationToken));
            }
            catch (PublishingException e) when (e.Status is HttpStatusCode.Forbidden && Context.IsReadOnly && request.BundleDirectory is not null)
            {
                results.Add(new SurfaceResult { Surface = surface, Bundle = request.BundleDirectory });
            }
            catch (PublishingException e) when (request.Surfaces.Count > 1)
            {
                results.Add(new SurfaceResult { Surface = surface, Failure = e.Message });
            }
        }

        if (results.Find(r => r.Bundle is not null) is { Bundle: { } bundle })
            await HandOnAsync(bundle, report, request, cancellationToken);
        return results;
    }

    /// <summary>What a job may still do whose token may read only: show the report on the run's page, and leave it for a job that may post.</summary>
    private async Task HandOnAsync(string bundle, string report, ReportRequest request, CancellationToken cancellationToken)
    {
        Log.ReadOnlyToken(_logger, bundle);
        if (!request.Surfaces.Contains(ReportSurface.Summary))
            await new StepSummary(_summaryPath, _rehearsal, _logger).AppendAsync(Elsewhere(report), cancellationToken);
        string sha = Context.HeadSha ?? Context.Sha ?? throw new PublishingException("the commit is not known, so no bundle can be made for it");
        if (_rehearsal is not null)
            _rehearsal.File(bundle, report);
        else
            await ReportBundle.WriteAsync(bundle, [.. request.Sources.Select(s => (s.Markdown, FilesOf(s)))], sha, _logger, request.Comment.WatermarkLabel, request.Comment.IsUpdate || request.Comment.IsRecreated, cancellationToken);
    }

    /// <summary>The job summary, which the run's page shows, or else a file in the image store.</summary>
    private async Task<string?> KeepWholeAsync(string report, ReportRequest request, CancellationToken cancellationToken)
    {
        string whole = Elsewhere(report);
        if (Context.RunUrl is { } page && !string.IsNullOrEmpty(_summaryPath))
        {
            var summary = new StepSummary(_summaryPath, _rehearsal, _logger);
            if (request.Surfaces.Contains(ReportSurface.Summary) && StepSummary.Holds(whole))
                return page;
            if (request.MayFillSummary && summary.HasRoomFor(whole) && await summary.AppendAsync(whole, cancellationToken) is not null)
                return page;
        }

        try
        {
            return request.AreAssetsPublished && _services.OpenAssetStore() is { KeepsFiles: true, IsForComments: false } store
                ? await store.StoreAsync(new Asset { FileName = "report.md", MediaType = "text/plain", Content = System.Text.Encoding.UTF8.GetBytes(whole) }, cancellationToken)
                : null;
        }
        catch (PublishingException e)
        {
            Log.UploadFailed(_logger, "report.md", e.Message);
            return null;
        }
    }

    /// <summary>Where comments alone can have files, the report without them.</summary>
    private string Elsewhere(string report) => _host.IsValueCreated && _host.Value is IUploadHost uploads ? uploads.WithoutFiles(report) : report;

    private AssetFiles FilesOf(ReportSource source) => source.Files ?? _services.FilesAround(source.Directory);

    /// <summary>
    /// Where the comment goes, found before anything is sent: some hosts do not show comments everywhere, and a pull request's
    /// pictures are kept where they are found when it is closed.
    /// </summary>
    private async Task<ReportRequest> WithPlaceAsync(ReportRequest request, CancellationToken cancellationToken)
    {
        if (!request.Surfaces.Contains(ReportSurface.Comment))
            return request;
        try
        {
            CommentPlace place = await new CommentPublisher(_host.Value, Context, linker: null, _logger).ResolveAsync(request.Comment.Target, cancellationToken);
            _services.KeepPicturesOf(place);
            return request with { Comment = request.Comment with { Target = place.ToString() } };
        }
        catch (PublishingException) when (_host.Value is not ICommentSurfaces && (request.Surfaces.Count > 1 || Context.IsReadOnly))
        {
            // The comment will fail of it, and be told of beside the other surfaces, or be left in a bundle.
            return request;
        }
    }

    private void RequireCapabilities(ReportRequest request)
    {
        if (request.Surfaces.Contains(ReportSurface.Comment))
            CommentPublisher.RequireCapabilities(_host.Value, request.Comment);
        if (request.Surfaces.Contains(ReportSurface.Check))
            _host.Value.Require<ICheckHost>(CheckPublisher.CheckName);
        if (request.Surfaces.Contains(ReportSurface.Status))
            _host.Value.Require<IStatusHost>("commit statuses");
        if (request.Surfaces.Contains(ReportSurface.File) && request.OutputFile is null)
            throw new PublishingException("a report that goes to a file needs its name: pass --output");
    }

    /// <summary>What the comment will tell of its files, for a store that gives them a new address each time.</summary>
    private async Task<FileRecord?> RecordAsync(IAssetStore? store, ReportRequest request, CancellationToken cancellationToken)
    {
        if (!request.Surfaces.Contains(ReportSurface.Comment) || !request.Comment.HasWatermark || FileRecord.For(store) is not { } record)
            return null;
        try
        {
            await new CommentPublisher(_host.Value, Context, linker: null, _logger).LearnAsync(record, request.Comment, cancellationToken);
        }
        catch (PublishingException) when (request.Surfaces.Count > 1 || request.BundleDirectory is not null)
        {
            // Told of with the comment itself, which meets it too, beside the other surfaces or in a bundle.
        }

        return record;
    }

    /// <summary>The files as one text, each with its own links; between them an empty line.</summary>
    private async Task<string> LinkAsync(IAssetStore? store, FileRecord? record, ReportRequest request, CancellationToken cancellationToken)
    {
        var linkers = new Dictionary<string, AssetLinker>(StringComparer.Ordinal);
        var parts = new List<string>();
        foreach (ReportSource source in request.Sources)
        {
            if (!linkers.TryGetValue(source.Directory, out AssetLinker? linker))
                linkers[source.Directory] = linker = new AssetLinker(store, FilesOf(source), _logger) { Record = record };
            parts.Add(await linker.LinkAsync(source.Markdown, cancellationToken));
        }

        return Concatenate(parts);
    }

    /// <summary>The report as its files are; with one file, to the byte.</summary>
    internal static string Concatenate(IReadOnlyList<string> parts) =>
        parts.Count == 1 ? parts[0] : string.Join("\n\n", parts.Select((p, i) => i + 1 < parts.Count ? CodeFence.Close(p).TrimEnd('\r', '\n') : p));

    private async Task<SurfaceResult> ShowAsync(ReportSurface surface, string report, ReportRequest request, List<SurfaceResult> before, CancellationToken cancellationToken)
    {
        if (surface != ReportSurface.Comment)
            report = Elsewhere(report);
        switch (surface)
        {
            case ReportSurface.File:
                return new SurfaceResult { Surface = surface, Url = await WriteAsync(request.OutputFile!, report, cancellationToken) }; // required above
            case ReportSurface.Summary:
                return new SurfaceResult { Surface = surface, Url = await new StepSummary(_summaryPath, _rehearsal, _logger).AppendAsync(report, cancellationToken) };
            case ReportSurface.Comment:
                Comment comment = await new CommentPublisher(_host.Value, Context, linker: null, _logger) { KeepWhole = (all, token) => KeepWholeAsync(all, request, token) }.PublishAsync(request.Comment with { Report = report }, cancellationToken);
                return new SurfaceResult { Surface = surface, Url = comment.Url, Id = comment.Id, Change = comment.Change };
            case ReportSurface.Check:
                return await new CheckPublisher(_host.Value, _logger).PublishAsync(CheckFor(report, request, before), request.IsCheckUpdated, request.StatusContext, cancellationToken);
            default:
                CheckRun check = CheckFor(report, request, before);
                CommitStatus status = CheckPublisher.StatusFor(check, request.StatusContext);
                await _host.Value.Require<IStatusHost>("commit statuses").SetStatusAsync(status, cancellationToken);
                return new SurfaceResult { Surface = surface, Url = status.TargetUrl };
        }
    }

    /// <summary>Its details lead to the comment where there is one, else to the run.</summary>
    private CheckRun CheckFor(string report, ReportRequest request, List<SurfaceResult> before)
    {
        string sha = request.Check.HeadSha is { Length: > 0 } given ? given : Context.Sha
            ?? throw new PublishingException("the commit is not known: neither GITHUB_SHA nor a git repository tells. Pass --commit-sha.");
        string? comment = before.Find(r => r is { Surface: ReportSurface.Comment, Failure: null })?.Url;
        return request.Check with { HeadSha = sha, Summary = report, DetailsUrl = request.Check.DetailsUrl ?? (comment is { Length: > 0 } && Context.Driver != "local" ? comment : Context.RunUrl) };
    }

    private async Task<string> WriteAsync(string path, string report, CancellationToken cancellationToken)
    {
        if (_rehearsal is not null)
            _rehearsal.File(path, report);
        else
            await AtomicFile.WriteAsync(path, System.Text.Encoding.UTF8.GetBytes(report), cancellationToken);
        return path;
    }
}
