using CmlNet.Publishing.Assets;
using CmlNet.Publishing.Figures;
using Microsoft.Extensions.Logging;

namespace CmlNet.Publishing.Markdown;

/// <summary>
/// Publishes the local files a report links to and puts their new addresses in. Not one character outside the link targets
/// changes, except that a file which could not be published leaves a note in its place, and the numbers of a chart with it.
/// </summary>
/// <param name="store">Where files go; <see langword="null"/> where there is no such place, so that each image becomes a note.</param>
/// <param name="files">Which files may go there.</param>
/// <param name="logger">Gets every file's fate.</param>
public sealed class AssetLinker(IAssetStore? store, AssetFiles files, ILogger logger)
{
    private const int Uploads = 4;
    private const string Failed = "the upload failed, see the log";
    private const string NoPlace = "this run can write nowhere that readers see";
    private const string NoStore = "no place to publish images is configured, see the log";

    // Keyed by content, so that each distinct file is stored once however often and under whatever name it is linked.
    private readonly Dictionary<Asset, string?> _stored = new(SameFile.Comparer);
    private bool _hasWarned;

    /// <summary>Knows where files are that an earlier run has stored; null where the store knows by itself.</summary>
    internal FileRecord? Record { get; init; }

    /// <summary>The report with the addresses of the published files.</summary>
    /// <param name="markdown">GitHub-flavoured Markdown.</param>
    /// <param name="cancellationToken">Ends the uploads.</param>
    public async Task<string> LinkAsync(string markdown, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(markdown);
        if (LinkFinder.Find(markdown) is not { } targets)
        {
            Log.NestedTooDeeply(logger);
            return markdown;
        }

        // A picture may be linked from every section; it is read once.
        var read = new Dictionary<string, FoundAsset?>(StringComparer.Ordinal);
        foreach (LinkTarget target in targets)
        {
            if (!read.ContainsKey(target.Url))
                read.Add(target.Url, ReadTarget(target));
        }

        if (store is { KeepsFiles: true } kept)
            await StoreAllAsync(kept, [.. read.Values.OfType<FoundAsset>().Where(found => found.Asset is not null)], cancellationToken);
        string linked = TextEdit.Apply(markdown, targets.SelectMany(t => read[t.Url] is { } found ? EditsFor(t, found) : []));
        return store?.ReadersNote is { } note && _stored.Count > 0 ? $"{linked.TrimEnd()}\n\n{note}\n" : linked;
    }

    private IReadOnlyList<TextEdit> EditsFor(LinkTarget target, FoundAsset found)
    {
        bool isImage = IsImage(target);
        if (found.Refusal is { } refusal)
        {
            Log.Refused(logger, found.Label, refusal);
            // A link may well name a directory of the repository; an image that nobody will see deserves a word.
            return isImage ? PictureWords.Notes(target, found.Label, "it may not be published, see the log") : [];
        }

        if (store is not { KeepsFiles: true })
            return isImage ? WordsFor(target, found, isAsked: store is not null) : [];
        return _stored[found.Asset!] is { } reference // neither missing nor refused, so it was stored, or tried to
            ? [new TextEdit(target.Start, target.Length, TargetWriter.Write(reference + found.Fragment, target.Syntax))]
            : PictureWords.InPlace(target, found.Label, Failed, isImage ? FigureOf(found) : null);
    }

    private static bool IsImage(LinkTarget target) => target.Notes.Count == 0 || target.Notes.Any(n => n.Length > 0);

    private IReadOnlyList<TextEdit> WordsFor(LinkTarget target, FoundAsset found, bool isAsked)
    {
        if (isAsked)
            return FigureOf(found) is { } figure ? PictureWords.InPlace(target, found.Label, figure) : PictureWords.Notes(target, found.Label, NoPlace);
        if (!_hasWarned)
            Log.NoAssetStore(logger);
        _hasWarned = true;
        return PictureWords.Notes(target, found.Label, NoStore);
    }

    private Figure? FigureOf(FoundAsset found) => FigureReader.Read(found.Asset!, found.IsFile ? found.Label : null, files); // neither missing nor refused

    private FoundAsset? ReadTarget(LinkTarget target)
    {
        if (DataUri.IsImage(target.Url))
            return DataUri.Read(target.Url) is { } inline ? new FoundAsset { Label = inline.FileName, Asset = inline } : null;
        if (!LocalReference.IsLocal(target.Url))
            return null;
        foreach ((string path, string fragment) in LocalReference.Readings(target.Url))
        {
            FileContent file = files.Read(path);
            if (file.Refusal is { } refusal)
                return new FoundAsset { Label = path, Refusal = refusal };
            if (file.Content is { } content)
            {
                string name = Path.GetFileName(path);
                return new FoundAsset { Label = path, IsFile = true, Fragment = fragment, Asset = new Asset { FileName = name, MediaType = MediaTypes.Detect(name, content.Span), Content = content } };
            }
        }

        if (target.Notes.Any(n => n.Length > 0) && store?.Holds(target.Url) != true)
            Log.NoSuchFile(logger, target.Url);
        return null;
    }

    private async Task StoreAllAsync(IAssetStore kept, IReadOnlyList<FoundAsset> found, CancellationToken cancellationToken)
    {
        FoundAsset[] missing = [.. found.Where(f => !_stored.ContainsKey(f.Asset!)).DistinctBy(f => f.Asset!, SameFile.Comparer)]; // the caller's are there
        foreach (FoundAsset asset in missing)
        {
            if (Record?.Find(asset.Asset!) is { } known)
                _stored.Add(asset.Asset!, known);
        }

        missing = [.. missing.Where(f => !_stored.ContainsKey(f.Asset!))];
        if (kept is IAssetBatch batch && missing.Length > 0)
            await batch.PrepareAsync([.. missing.Select(f => f.Asset!)], cancellationToken);
        using var gate = new SemaphoreSlim(Uploads);
        string?[] references = await Task.WhenAll(missing.Select(f => StoreAsync(kept, f.Label, f.Asset!, gate, cancellationToken)));
        foreach ((FoundAsset stored, string? reference) in missing.Zip(references))
            _stored.Add(stored.Asset!, reference);
    }

    private async Task<string?> StoreAsync(IAssetStore kept, string label, Asset asset, SemaphoreSlim gate, CancellationToken cancellationToken)
    {
        await gate.WaitAsync(cancellationToken);
        try
        {
            string reference = await kept.StoreAsync(asset, cancellationToken);
            Record?.Add(asset, reference);
            Log.Uploaded(logger, label, reference);
            return reference;
        }
        catch (PublishingException e)
        {
            Log.UploadFailed(logger, label, e.Message);
            return null;
        }
        finally
        {
            gate.Release();
        }
    }

    private sealed record FoundAsset
    {
        public required string Label { get; init; }

        /// <summary>The label is the path of a file.</summary>
        public bool IsFile { get; init; }

        public string Fragment { get; init; } = "";

        public string? Refusal { get; init; }

        public Asset? Asset { get; init; }
    }
}
