using System.Net;
using CmlNet.Publishing.Http;

namespace CmlNet.Publishing.CodeHosts.GitHub;

/// <summary>GitHub's git data API. Objects are named by content, so every call that makes one may be repeated.</summary>
internal sealed class GitObjects(GitHubApi api)
{
    private const string Permission = "contents: write";
    private readonly string _path = api.RepositoryPath + "/git";

    /// <summary>The commit of a reference without its leading <c>refs/</c>; null where there is no such reference.</summary>
    public async Task<string?> ReadReferenceAsync(string name, CancellationToken cancellationToken)
    {
        try
        {
            ReferenceReply reply = await api.GetAsync($"{_path}/ref/{name}", GitHubWire.Default.ReferenceReply, "contents: read", cancellationToken);
            return reply.Object?.Sha;
        }
        catch (PublishingException e) when (e.Status is HttpStatusCode.NotFound)
        {
            return null;
        }
    }

    /// <summary>The tree of a commit, and the files in it by path.</summary>
    public async Task<(string Tree, HashSet<string> Paths)> ReadTreeAsync(string commit, CancellationToken cancellationToken)
    {
        CommitReply reply = await api.GetAsync($"{_path}/commits/{commit}", GitHubWire.Default.CommitReply, "contents: read", cancellationToken);
        string tree = reply.Tree?.Sha ?? throw new PublishingException($"GitHub names no tree for the commit {commit}");
        TreeReply entries = await api.GetAsync($"{_path}/trees/{tree}", GitHubWire.Default.TreeReply, "contents: read", cancellationToken);
        return (tree, [.. (entries.Tree ?? []).Select(e => e.Path ?? "")]);
    }

    public async Task<string> WriteBlobAsync(ReadOnlyMemory<byte> content, CancellationToken cancellationToken)
    {
        byte[] body = GitHubApi.Write(new BlobBody(Convert.ToBase64String(content.Span), "base64"), GitHubWire.Default.BlobBody).ToArray();
        return await CreateAsync("blobs", body, cancellationToken);
    }

    public Task<string> WriteTreeAsync(string? baseTree, IReadOnlyList<TreeEntry> entries, CancellationToken cancellationToken) =>
        CreateAsync("trees", GitHubApi.Write(new TreeBody(baseTree, entries), GitHubWire.Default.TreeBody), cancellationToken);

    public Task<string> WriteCommitAsync(string tree, string? parent, string message, CancellationToken cancellationToken) =>
        CreateAsync("commits", GitHubApi.Write(new CommitBody(message, tree, parent is null ? [] : [parent]), GitHubWire.Default.CommitBody), cancellationToken);

    /// <summary>Creates a reference, or moves it forward from where it was read.</summary>
    public async Task<ReferenceMove> TryMoveAsync(string name, string? from, string to, CancellationToken cancellationToken)
    {
        ApiRequest request = from is null
            ? new ApiRequest { Method = HttpMethod.Post, Path = _path + "/refs", Body = GitHubApi.Write(new NewReference("refs/" + name, to), GitHubWire.Default.NewReference) }
            : new ApiRequest { Method = HttpMethod.Patch, Path = $"{_path}/refs/{name}", Body = GitHubApi.Write(new MovedReference(to, Force: false), GitHubWire.Default.MovedReference) };
        try
        {
            await api.SendAsync(
                request with
                {
                    Permission = Permission,
                    ReadBack = async token => await ReadReferenceAsync(name, token) == to ? new ApiResponse { Status = HttpStatusCode.OK, Body = default } : null,
                },
                cancellationToken);
            return ReferenceMove.Done;
        }
        catch (PublishingException e) when (e.Status is HttpStatusCode.UnprocessableEntity or HttpStatusCode.Conflict)
        {
            // Refused although nobody has made it meanwhile, it goes against a rule of the repository.
            return from is null && await ReadReferenceAsync(name, cancellationToken) is null ? ReferenceMove.Refused : ReferenceMove.Overtaken;
        }
        catch (PublishingException e) when (e.Status is HttpStatusCode.Forbidden or HttpStatusCode.NotFound)
        {
            return ReferenceMove.Refused;
        }
    }

    public async Task<IReadOnlyList<string>> ListReferencesAsync(string prefix, CancellationToken cancellationToken)
    {
        var names = new List<string>();
        await foreach ((_, IReadOnlyList<ReferenceReply> page) in api.PagesAsync($"{_path}/matching-refs/{prefix}?per_page=100", GitHubWire.Default.IReadOnlyListReferenceReply, "contents: read", cancellationToken))
            names.AddRange(page.Select(r => r.Ref ?? "").Where(r => r.StartsWith("refs/" + prefix, StringComparison.Ordinal)).Select(r => r["refs/".Length..]));
        return names;
    }

    public Task DeleteReferenceAsync(string name, CancellationToken cancellationToken) =>
        api.SendAsync(new ApiRequest { Method = HttpMethod.Delete, Path = $"{_path}/refs/{name}", Permission = Permission }, cancellationToken);

    private async Task<string> CreateAsync(string kind, ReadOnlyMemory<byte> body, CancellationToken cancellationToken)
    {
        string path = $"{_path}/{kind}";
        ApiResponse response = await api.SendAsync(
            new ApiRequest { Method = HttpMethod.Post, Path = path, Body = body, Permission = Permission, IsParallel = kind == "blobs", ReadBack = static _ => Task.FromResult<ApiResponse?>(null) },
            cancellationToken);
        return GitHubApi.Read(response, GitHubWire.Default.ObjectReply, path).Sha ?? throw new PublishingException($"GitHub's answer to {path} names no object");
    }
}
