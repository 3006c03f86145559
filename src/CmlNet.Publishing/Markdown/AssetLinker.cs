using System.Collections.Concurrent;
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

    // Keyed by content, so that each distinct file is stored once however often and under whatever spelling it is linked.
    private readonly ConcurrentDictionary<string, Task<string?>> _stored = new(StringComparer.Ordinal);
    private int _hasWarned;

    /// <summary>The report with the addresses of the published files.</summary>
    /// <param name="markdown">GitHub-flavoured Markdown.</param>
    /// <param name="cancellationToken">Ends the uploads.</param>
    public async Task<string> LinkAsync(string markdown, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(markdown);
        IReadOnlyList<LinkTarget> targets = LinkFinder.Find(markdown);
        // A picture may be linked from every section; it is read and hashed once.
        var read = new Dictionary<string, FoundAsset?>(StringComparer.Ordinal);
        foreach (LinkTarget target in targets)
        {
            if (!read.ContainsKey(target.Url))
                read.Add(target.Url, ReadTarget(target));
        }

        (LinkTarget Target, FoundAsset? Found)[] all = [.. targets.Select(t => (t, read[t.Url]))];
        if (store is IAssetBatch batch && read.Values.Select(found => found?.Asset).OfType<Asset>().ToList() is { Count: > 0 } assets)
            await batch.PrepareAsync(assets, cancellationToken);
        using var gate = new SemaphoreSlim(Uploads);
        IReadOnlyList<TextEdit>[] edits = await Task.WhenAll(all.Select(a => EditsForAsync(a.Target, a.Found, gate, cancellationToken)));
        string linked = TextEdit.Apply(markdown, edits.SelectMany(e => e));
        return store?.ReadersNote is { } note && !_stored.IsEmpty ? $"{linked.TrimEnd()}\n\n{note}\n" : linked;
    }

    private async Task<IReadOnlyList<TextEdit>> EditsForAsync(LinkTarget target, FoundAsset? found, SemaphoreSlim gate, CancellationToken cancellationToken)
    {
        if (found is null)
            return [];
        bool isImage = target.Notes.Count == 0 || target.Notes.Any(n => n.Length > 0);
        if (found.Refusal is { } refusal)
        {
            Log.Refused(logger, found.Label, refusal);
            // A link may well name a directory of the repository; an image that nobody will see deserves a word.
            return isImage ? PictureWords.Notes(target, found.Label, "it may not be published, see the log") : [];
        }

        if (store is not { KeepsFiles: true } kept)
            return isImage ? WordsFor(target, found, isAsked: store is not null) : [];
        string? reference = await StoreOnceAsync(kept, found, gate, cancellationToken);
        return reference is null
            ? PictureWords.InPlace(target, found.Label, Failed, isImage ? FigureOf(found) : null)
            : [new TextEdit(target.Start, target.Length, TargetWriter.Write(reference + found.Fragment, target.Syntax))];
    }

    private IReadOnlyList<TextEdit> WordsFor(LinkTarget target, FoundAsset found, bool isAsked)
    {
        if (isAsked)
            return FigureOf(found) is { } figure ? PictureWords.InPlace(target, found.Label, figure) : PictureWords.Notes(target, found.Label, NoPlace);
        if (Interlocked.Exchange(ref _hasWarned, 1) == 0)
            Log.NoAssetStore(logger);
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

        return null;
    }

    private Task<string?> StoreOnceAsync(IAssetStore kept, FoundAsset found, SemaphoreSlim gate, CancellationToken cancellationToken)
    {
        Asset asset = found.Asset!; // neither missing nor refused
        string key = found.Key.Value;
        var mine = new TaskCompletionSource<string?>(TaskCreationOptions.RunContinuationsAsynchronously);
        Task<string?> first = _stored.GetOrAdd(key, mine.Task);
        return first == mine.Task ? CompleteAsync() : first;

        async Task<string?> CompleteAsync()
        {
            string? reference = null;
            try
            {
                reference = await StoreAsync(kept, found.Label, asset, gate, cancellationToken);
                return reference;
            }
            finally
            {
                mine.SetResult(reference);
            }
        }
    }

    private async Task<string?> StoreAsync(IAssetStore kept, string label, Asset asset, SemaphoreSlim gate, CancellationToken cancellationToken)
    {
        await gate.WaitAsync(cancellationToken);
        try
        {
            string reference = await kept.StoreAsync(asset, cancellationToken);
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
        public FoundAsset() =>
            Key = new Lazy<string>(() => $"{Asset!.FileName}\n{Asset.MediaType}\n{Sha256.Hex(Asset.Content.Span)}"); // asked for only where there is one

        public Lazy<string> Key { get; }

        public required string Label { get; init; }

        /// <summary>The label is the path of a file.</summary>
        public bool IsFile { get; init; }

        public string Fragment { get; init; } = "";

        public string? Refusal { get; init; }

        public Asset? Asset { get; init; }
    }
}
