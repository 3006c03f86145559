using System.Net;
using CmlNet.Publishing.Assets;
using CmlNet.Publishing.Http;

namespace CmlNet.Publishing.CodeHosts.GitHub;

/// <summary>Files of a release that is there for nothing else, under the tag <c>cml-assets</c>. Members of a private repository see them without more ado.</summary>
/// <param name="api">The repository.</param>
/// <param name="uploads">Its base address is where GitHub takes uploads, with the same token.</param>
/// <param name="repository">The repository's web address.</param>
/// <param name="time">The clock.</param>
internal sealed class GitHubReleaseStore(GitHubApi api, ApiClient uploads, Uri repository, TimeProvider time) : IAssetStore, IDisposable
{
    public const string Tag = "cml-assets";
    private const string Permission = "contents: write";

    /// <summary>Looks at a file that is not there as a whole before it is taken for a failed attempt: another job may be sending it now.</summary>
    private const int Looks = 3;

    private static readonly TimeSpan BetweenLooks = TimeSpan.FromSeconds(1);

    private readonly SemaphoreSlim _gate = new(1);
    private long? _release;

    public string Name => "release";

    public async Task<string> StoreAsync(Asset asset, CancellationToken cancellationToken = default)
    {
        long release = await ReleaseAsync(cancellationToken);
        string name = ContentNames.Of(asset, digits: 16);
        try
        {
            await UploadAsync(release, name, asset, cancellationToken);
        }
        catch (PublishingException e) when (e.Status == HttpStatusCode.UnprocessableEntity)
        {
            // A name that is taken: the same content, from another run or from an attempt whose answer was lost. An attempt
            // that failed in the middle leaves the name with nothing behind it.
            if (await FindAssetAsync(release, name, cancellationToken) is not { } present)
                throw;
            if (!await IsWholeAsync(release, present, name, cancellationToken))
                await ReplaceAsync(release, present.Id, name, asset, cancellationToken);
        }

        return $"{repository.AbsoluteUri}/releases/download/{Tag}/{name}";
    }

    public void Dispose()
    {
        _gate.Dispose();
        uploads.Dispose();
    }

    private async Task<bool> IsWholeAsync(long release, ReleaseAssetReply found, string name, CancellationToken cancellationToken)
    {
        ReleaseAssetReply? present = found;
        for (int look = 0; look < Looks && present is { State: not "uploaded" }; look++)
        {
            await Task.Delay(BetweenLooks, time, cancellationToken);
            present = await FindAssetAsync(release, name, cancellationToken);
        }

        return present?.State == "uploaded";
    }

    private async Task ReplaceAsync(long release, long broken, string name, Asset asset, CancellationToken cancellationToken)
    {
        try
        {
            await DeleteAsync(broken, cancellationToken);
            await UploadAsync(release, name, asset, cancellationToken);
        }
        catch (PublishingException e) when (e.Status == HttpStatusCode.UnprocessableEntity)
        {
            // Another job has put it there meanwhile.
        }
    }

    private Task<ApiResponse> UploadAsync(long release, string name, Asset asset, CancellationToken cancellationToken) => uploads.SendAsync(
        new ApiRequest
        {
            Method = HttpMethod.Post,
            Path = FormattableString.Invariant($"{api.RepositoryPath}/releases/{release}/assets?name={name}"),
            Body = asset.Content,
            ContentType = asset.MediaType,
            Permission = Permission,
            IsParallel = true,
            // Named by content: what is there already is this file.
            ReadBack = static _ => Task.FromResult<ApiResponse?>(null),
        },
        cancellationToken);

    private async Task<ReleaseAssetReply?> FindAssetAsync(long release, string name, CancellationToken cancellationToken)
    {
        string path = FormattableString.Invariant($"{api.RepositoryPath}/releases/{release}/assets?per_page=100");
        await foreach ((ApiResponse _, IReadOnlyList<ReleaseAssetReply> page) in api.PagesAsync(path, GitHubWire.Default.IReadOnlyListReleaseAssetReply, "contents: read", cancellationToken))
        {
            if (page.FirstOrDefault(a => a.Name == name) is { } found)
                return found;
        }

        return null;
    }

    private async Task DeleteAsync(long asset, CancellationToken cancellationToken)
    {
        try
        {
            await api.SendAsync(new ApiRequest { Method = HttpMethod.Delete, Path = FormattableString.Invariant($"{api.RepositoryPath}/releases/assets/{asset}"), Permission = Permission }, cancellationToken);
        }
        catch (PublishingException e) when (e.Status == HttpStatusCode.NotFound)
        {
            // Another job was faster.
        }
    }

    private async Task<long> ReleaseAsync(CancellationToken cancellationToken)
    {
        await _gate.WaitAsync(cancellationToken);
        try
        {
            return _release ??= await FindAsync(cancellationToken) ?? await CreateAsync(cancellationToken);
        }
        finally
        {
            _gate.Release();
        }
    }

    private async Task<long?> FindAsync(CancellationToken cancellationToken)
    {
        try
        {
            return (await api.GetAsync($"{api.RepositoryPath}/releases/tags/{Tag}", GitHubWire.Default.ReleaseReply, "contents: read", cancellationToken)).Id;
        }
        catch (PublishingException e) when (e.Status == HttpStatusCode.NotFound)
        {
            return null;
        }
    }

    private async Task<long> CreateAsync(CancellationToken cancellationToken)
    {
        string path = api.RepositoryPath + "/releases";
        var body = new ReleaseBody(Tag, "Images of reports", "Files that reports in comments show. Deleting this release takes them away.", Prerelease: true);
        try
        {
            ApiResponse response = await api.SendAsync(
                new ApiRequest
                {
                    Method = HttpMethod.Post,
                    Path = path,
                    Body = GitHubApi.Write(body, GitHubWire.Default.ReleaseBody),
                    Permission = Permission,
                    ReadBack = async token => await FindAsync(token) is { } id ? new ApiResponse { Status = HttpStatusCode.OK, Body = GitHubApi.Write(new ReleaseReply(id), GitHubWire.Default.ReleaseReply) } : null,
                },
                cancellationToken);
            return GitHubApi.Read(response, GitHubWire.Default.ReleaseReply, path).Id;
        }
        catch (PublishingException e) when (e.Status == HttpStatusCode.UnprocessableEntity)
        {
            // Another job was faster.
            if (await FindAsync(cancellationToken) is { } id)
                return id;
            throw;
        }
    }
}
