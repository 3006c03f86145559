using System.Net;
using CmlNet.Publishing.Http;

namespace CmlNet.Publishing.CodeHosts.Bitbucket;

/// <summary>Pull requests of one repository.</summary>
internal sealed class BitbucketPullRequests(JsonCalls calls, string repositoryPath)
{
    /// <summary>Bitbucket looks commits up in an index that somebody has to turn on; without it, the open pull requests tell their newest commits.</summary>
    public async Task<IReadOnlyList<int>> FindByCommitAsync(string sha, CancellationToken cancellationToken)
    {
        var found = new List<int>();
        try
        {
            string path = $"{repositoryPath}/commit/{Uri.EscapeDataString(sha)}/pullrequests?pagelen=50";
            await foreach ((_, PageReply<PullRequestReply> page) in PagesAsync(path, cancellationToken))
                found.AddRange((page.Values ?? []).Where(p => p.State is null or "OPEN").Select(p => p.Id));
            return found;
        }
        catch (PublishingException e) when (e.Status is HttpStatusCode.NotFound or HttpStatusCode.Accepted)
        {
            return await FindByHeadAsync(sha, cancellationToken);
        }
    }

    public async Task<IReadOnlyList<int>> FindByHeadAsync(string sha, CancellationToken cancellationToken)
    {
        var found = new List<int>();
        await foreach ((_, PageReply<PullRequestReply> page) in OpenAsync(cancellationToken))
            // Hashes are told short here.
            found.AddRange((page.Values ?? []).Where(p => p.Source?.Commit?.Hash is { Length: >= 7 } hash && sha.StartsWith(hash, StringComparison.OrdinalIgnoreCase)).Select(p => p.Id));
        return found;
    }

    public async Task<PullRequest?> FindAsync(string source, string target, CancellationToken cancellationToken)
    {
        (_, PullRequestReply? found) = await FindReplyAsync(source, target, cancellationToken);
        return found is null ? null : ToPullRequest(found);
    }

    public async Task<PullRequest> CreateAsync(NewPullRequest request, CancellationToken cancellationToken)
    {
        var body = new PullRequestBody(request.Title, request.Body, new EndBody(new BranchName(request.Source)), new EndBody(new BranchName(request.Target)));
        return ToPullRequest(await calls.SendAsync(
            new ApiRequest
            {
                Method = HttpMethod.Post,
                Path = $"{repositoryPath}/pullrequests",
                Body = JsonCalls.Write(body, BitbucketWire.Default.PullRequestBody),
                ReadBack = async token => await FindReplyAsync(request.Source, request.Target, token) is ({ } page, { } found)
                    ? page with { Body = JsonCalls.Write(found, BitbucketWire.Default.PullRequestReply) }
                    : null,
            },
            BitbucketWire.Default.PullRequestReply,
            cancellationToken));
    }

    public async Task<string?> MergeAsync(PullRequest pullRequest, MergeMethod method, CancellationToken cancellationToken)
    {
        string path = FormattableString.Invariant($"{repositoryPath}/pullrequests/{pullRequest.Number}");
        string strategy = method switch
        {
            MergeMethod.Rebase => "fast_forward",
            MergeMethod.Squash => "squash",
            _ => "merge_commit",
        };
        try
        {
            ApiResponse answer = await calls.SendAsync(
                new ApiRequest
                {
                    Method = HttpMethod.Post,
                    Path = path + "/merge",
                    Body = JsonCalls.Write(new MergeBody("pullrequest", CloseSourceBranch: true, strategy), BitbucketWire.Default.MergeBody),
                    ReadBack = async token => await IsMergedAsync(path, token) ? new ApiResponse { Status = HttpStatusCode.OK, Body = default } : null,
                },
                cancellationToken);
            return answer.IsRehearsed ? null : "Bitbucket does not wait for pipelines";
        }
        catch (PublishingException e) when (e.Status is HttpStatusCode.BadRequest or HttpStatusCode.Conflict)
        {
            throw new PublishingException($"the pull request {pullRequest.Url} is open, but Bitbucket will not merge it: {e.Message}", e);
        }
    }

    private async Task<bool> IsMergedAsync(string path, CancellationToken cancellationToken) =>
        (await calls.GetAsync(path, BitbucketWire.Default.PullRequestReply, cancellationToken)).State == "MERGED";

    private IAsyncEnumerable<(ApiResponse Response, PageReply<PullRequestReply> Page)> PagesAsync(string path, CancellationToken cancellationToken) =>
        calls.PagesAsync(path, BitbucketWire.Default.PageReplyPullRequestReply, static p => p.Next, cancellationToken);

    private IAsyncEnumerable<(ApiResponse Response, PageReply<PullRequestReply> Page)> OpenAsync(CancellationToken cancellationToken) =>
        PagesAsync($"{repositoryPath}/pullrequests?state=OPEN&pagelen=50", cancellationToken);

    private async Task<(ApiResponse? Page, PullRequestReply? Found)> FindReplyAsync(string source, string target, CancellationToken cancellationToken)
    {
        await foreach ((ApiResponse response, PageReply<PullRequestReply> page) in OpenAsync(cancellationToken))
        {
            if (page.Values?.FirstOrDefault(p => p.Source?.Branch?.Name == source && p.Destination?.Branch?.Name == target) is { } found)
                return (response, found);
        }

        return (null, null);
    }

    private static PullRequest ToPullRequest(PullRequestReply reply) => new() { Number = reply.Id, Url = reply.Links?.Html?.Href ?? "" };
}
