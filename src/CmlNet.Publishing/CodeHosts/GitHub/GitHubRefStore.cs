using System.Collections.Concurrent;
using System.Globalization;
using CmlNet.Publishing.Assets;
using Microsoft.Extensions.Logging;

namespace CmlNet.Publishing.CodeHosts.GitHub;

/// <summary>
/// Images in the repository itself, under a reference that no clone fetches and no branch list shows: <c>refs/cml/pr-5</c>.
/// Addresses name the commit, so what they show never changes. Files are named by content.
/// </summary>
/// <remarks>The first commit has no parent, so none of the code's history is in it; each later one has the one before as its parent.
/// So GitHub can refuse a move that somebody else was faster at, and what older comments show stays reachable.</remarks>
internal sealed class GitHubRefStore(GitHubApi api, GitHubVisibility visibility, Uri repository, string name, ILogger logger) : IAssetStore, IAssetBatch, IDisposable
{
    public const string Folder = "cml/";

    /// <summary>Where rules forbid references of one's own, a branch without a history does, although everybody sees it.</summary>
    public const string Branch = "heads/cml-assets";
    private const int Uploads = 4;
    private const int Attempts = 6;

    private readonly GitObjects _git = new(api);
    private readonly ConcurrentDictionary<string, string> _blobs = new(StringComparer.Ordinal);
    private readonly SemaphoreSlim _gate = new(1);
    private readonly Dictionary<string, string> _urls = new(StringComparer.Ordinal);
    private PublishingException? _failure;
    private string _name = name;
    private bool _isPrivate = true;

    public string Name => "ref";

    public string? ReadersNote => _isPrivate && _urls.Count > 0 && IsOnGitHubCom
        ? "*The images of this report are in this private repository: they show to readers who are signed in to GitHub, and not in mails.*"
        : null;

    private bool IsOnGitHubCom => repository.Host == "github.com";

    /// <summary><c>cml/pr-5</c>, or the branch in letters that a reference may have.</summary>
    public static string NameFor(int? pullRequest, string? branch)
    {
        if (pullRequest is { } number)
            return string.Create(CultureInfo.InvariantCulture, $"{Folder}pr-{number}");
        string safe = new([.. (branch ?? "detached").Select(c => char.IsAsciiLetterOrDigit(c) || c is '-' or '_' ? c : '-')]);
        return $"{Folder}branch-{safe}";
    }

    public async Task<string> StoreAsync(Asset asset, CancellationToken cancellationToken = default)
    {
        await PrepareAsync([asset], cancellationToken);
        return _failure is { } failure ? throw failure : _urls[NameOf(asset)];
    }

    public async Task PrepareAsync(IReadOnlyList<Asset> assets, CancellationToken cancellationToken = default)
    {
        await _gate.WaitAsync(cancellationToken);
        try
        {
            Dictionary<string, Asset> missing = assets.Select(a => (Name: NameOf(a), Asset: a)).Where(a => !_urls.ContainsKey(a.Name)).DistinctBy(a => a.Name).ToDictionary(a => a.Name, a => a.Asset, StringComparer.Ordinal);
            // What refuses one file (a permission, mostly) refuses the next.
            if (missing.Count > 0 && _failure is null)
                await StoreAllAsync(missing, cancellationToken);
        }
        catch (PublishingException e)
        {
            _failure = e;
        }
        finally
        {
            _gate.Release();
        }
    }

    public void Dispose() => _gate.Dispose();

    private static string NameOf(Asset asset) => ContentNames.Of(asset, digits: 16);

    private async Task StoreAllAsync(Dictionary<string, Asset> assets, CancellationToken cancellationToken)
    {
        _isPrivate = await visibility.IsPrivateAsync(cancellationToken);
        for (int attempt = 0; attempt < Attempts; attempt++)
        {
            (string? commit, ReferenceMove move) = await TryStoreAsync(assets, cancellationToken);
            if (move == ReferenceMove.Refused && _name != Branch)
            {
                Log.ReferenceRefused(logger, _name, Branch["heads/".Length..]);
                _name = Branch;
            }
            else if (move == ReferenceMove.Refused)
            {
                throw new PublishingException($"the repository's rules allow neither a reference under refs/cml nor a branch '{Branch["heads/".Length..]}': let the job's token make one of them, or pass --assets=release");
            }

            if (commit is null)
                continue;
            foreach (string file in assets.Keys)
                _urls[file] = UrlOf(commit, file);
            return;
        }

        throw new PublishingException($"refs/{_name} could not be moved: other jobs were faster {Attempts} times. Run the step again.");
    }

    /// <summary>The commit that holds all files; null where the reference is not there.</summary>
    private async Task<(string? Commit, ReferenceMove Move)> TryStoreAsync(Dictionary<string, Asset> assets, CancellationToken cancellationToken)
    {
        string? head = await _git.ReadReferenceAsync(_name, cancellationToken);
        (string? tree, HashSet<string> present) = head is null ? (null, []) : await _git.ReadTreeAsync(head, cancellationToken);
        KeyValuePair<string, Asset>[] missing = [.. assets.Where(a => !present.Contains(a.Key))];
        if (missing.Length == 0)
            return (head, ReferenceMove.Done);
        await Parallel.ForEachAsync(
            missing.Where(a => !_blobs.ContainsKey(a.Key)),
            new ParallelOptions { MaxDegreeOfParallelism = Uploads, CancellationToken = cancellationToken },
            async (a, token) => _blobs[a.Key] = await _git.WriteBlobAsync(a.Value.Content, token));
        string grown = await _git.WriteTreeAsync(tree, [.. missing.Select(a => new TreeEntry(a.Key, "100644", "blob", _blobs[a.Key]))], cancellationToken);
        // A branch's commit would start every workflow that runs on pushes.
        string commit = await _git.WriteCommitAsync(grown, head, _name == Branch ? "Images of a report [skip ci]" : "Images of a report", cancellationToken);
        ReferenceMove move = await _git.TryMoveAsync(_name, head, commit, cancellationToken);
        return (move == ReferenceMove.Done ? commit : null, move);
    }

    /// <summary>On github.com a public file is served without the detour over a proxy; a private one only to who is signed in.</summary>
    private string UrlOf(string commit, string file)
    {
        string path = repository.AbsolutePath.Trim('/');
        return repository.Host switch
        {
            "github.com" when !_isPrivate => $"https://raw.githubusercontent.com/{path}/{commit}/{file}",
            "github.com" => $"https://github.com/{path}/blob/{commit}/{file}?raw=true",
            _ => $"{repository.GetLeftPart(UriPartial.Authority)}/{path}/raw/{commit}/{file}",
        };
    }
}
