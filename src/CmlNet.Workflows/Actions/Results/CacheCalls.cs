using System.Buffers.Text;
using System.Collections.Concurrent;
using System.Globalization;
using System.Text;
using CmlNet.Workflows.Actions.Caching;
using CmlNet.Workflows.Actions.Results.Wire;
using CmlNet.Workflows.Execution.Events;

namespace CmlNet.Workflows.Actions.Results;

/// <summary>GitHub's cache service, version 2, on the work tree's <c>.cml/cache</c>.</summary>
internal sealed class CacheCalls(string repositoryRoot, BlobFolder blobs)
{
    private readonly ConcurrentDictionary<(string, string), string> _uploads = new();

    /// <param name="method">Of <c>github.actions.results.api.v1.CacheService</c>.</param>
    /// <param name="request">Its fields.</param>
    /// <param name="sign">From a path of this server to its signed address.</param>
    /// <exception cref="ResultsException">The call is refused.</exception>
    public ResultsAnswer Answer(string method, ResultsRequest request, Func<string, string> sign)
    {
        (string key, string version) = (request.Key ?? "", request.Version ?? "");
        if (key.Length is 0 or > 512)
            throw new ResultsException(400, "invalid_argument", "the key has to have 1 to 512 characters");
        CacheStore store = Store(version);
        return method switch
        {
            "CreateCacheEntry" => Create(store, key, version, sign),
            "FinalizeCacheEntryUpload" => Complete(store, key, version),
            "GetCacheEntryDownloadURL" => Find(store, request, sign),
            _ => throw new ResultsException(404, "bad_route", $"CacheService has no {method} here"),
        };
    }

    /// <summary>The archive behind a path that was signed.</summary>
    public static string ArchiveOf(string name) => Encoding.UTF8.GetString(Base64Url.DecodeFromChars(name));

    /// <summary>The client's version says what was cached and how it is packed; the built-in action's archives are others.</summary>
    private CacheStore Store(string version) => new(repositoryRoot, $"service\n{version}");

    private ResultsAnswer Create(CacheStore store, string key, string version, Func<string, string> sign)
    {
        if (store.Has(key))
            return new ResultsAnswer { Ok = false };
        string id = BlobFolder.NewId();
        _uploads[(key, version)] = id;
        return new ResultsAnswer { Ok = true, SignedUploadUrl = sign($"/results/blobs/{id}") };
    }

    private ResultsAnswer Complete(CacheStore store, string key, string version)
    {
        if (!_uploads.TryRemove((key, version), out string? id) || !File.Exists(blobs.File(id)))
            return new ResultsAnswer { Ok = false };
        store.Add(key, blobs.File(id));
        blobs.Remove(id);
        return new ResultsAnswer { Ok = true, EntryId = StableId.Of("cache", $"{version}/{key}").ToString(CultureInfo.InvariantCulture) };
    }

    private static ResultsAnswer Find(CacheStore store, ResultsRequest request, Func<string, string> sign) =>
        store.Find([request.Key ?? "", .. request.RestoreKeys ?? []]) is { } found
            ? new ResultsAnswer { Ok = true, MatchedKey = found.Key, SignedDownloadUrl = sign($"/results/caches/{Base64Url.EncodeToString(Encoding.UTF8.GetBytes(found.Archive))}") }
            : new ResultsAnswer { Ok = false };
}
