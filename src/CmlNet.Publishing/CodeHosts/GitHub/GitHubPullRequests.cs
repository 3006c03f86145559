using System.Net;
using CmlNet.Publishing.Http;

namespace CmlNet.Publishing.CodeHosts.GitHub;

/// <summary>Pull requests of one repository.</summary>
internal sealed class GitHubPullRequests(GitHubApi api, string owner)
{
    private const string WritePermission = "pull-requests: write";
    private const string EnableAutoMerge = "mutation($id:ID!,$method:PullRequestMergeMethod!){enablePullRequestAutoMerge(input:{pullRequestId:$id,mergeMethod:$method}){clientMutationId}}";

    /// <summary>GraphQL has no codes for these. They say that there is nothing to wait for; any other error stops the merge.</summary>
    private static readonly string[] NothingToWaitFor =
    [
        "Can't enable auto-merge for this pull request",
        "Auto merge is not allowed for this repository",
        "Protected branch rules not configured for this branch",
        "Pull request is in clean status",
    ];

    public async Task<PullRequest?> FindAsync(string source, string target, CancellationToken cancellationToken)
    {
        (_, PullRequestReply? found) = await FindReplyAsync(source, target, cancellationToken);
        return found is null ? null : ToPullRequest(found);
    }

    public async Task<IReadOnlyList<int>> FindByCommitAsync(string sha, CancellationToken cancellationToken)
    {
        var numbers = new List<int>();
        await foreach ((_, IReadOnlyList<PullRequestReply> page) in api.PagesAsync(WithCommit(sha), GitHubWire.Default.IReadOnlyListPullRequestReply, "pull-requests: read", cancellationToken))
            numbers.AddRange(page.Where(p => p.State is null or "open").Select(p => p.Number));
        return numbers;
    }

    /// <summary>GitHub knows a fork's commit by its pull request, though not always; then the branch tells.</summary>
    public async Task<int?> FindByHeadAsync(string sha, string? headOwner, string? branch, CancellationToken cancellationToken)
    {
        List<string> paths = [WithCommit(sha)];
        if (headOwner is not null && branch is not null)
            paths.Add($"{api.RepositoryPath}/pulls?state=open&head={Uri.EscapeDataString($"{headOwner}:{branch}")}&per_page=100");
        foreach (string path in paths)
        {
            try
            {
                await foreach ((_, IReadOnlyList<PullRequestReply> page) in api.PagesAsync(path, GitHubWire.Default.IReadOnlyListPullRequestReply, "pull-requests: read", cancellationToken))
                {
                    if (page.FirstOrDefault(p => p.Head?.Sha == sha && p.State is null or "open") is { } found)
                        return found.Number;
                }
            }
            catch (PublishingException e) when (e.Status is HttpStatusCode.UnprocessableEntity or HttpStatusCode.NotFound && path == paths[0])
            {
                // The commit is not known here: the branch may be.
            }
        }

        return null;
    }

    public async Task<PullRequest> CreateAsync(NewPullRequest request, CancellationToken cancellationToken)
    {
        string path = $"{api.RepositoryPath}/pulls";
        ApiResponse response = await api.SendAsync(
            new ApiRequest
            {
                Method = HttpMethod.Post,
                Path = path,
                Body = GitHubApi.Write(new PullRequestBody(request.Title, request.Source, request.Target, request.Body), GitHubWire.Default.PullRequestBody),
                Permission = WritePermission,
                ReadBack = async token => await FindReplyAsync(request.Source, request.Target, token) is ({ } page, { } reply)
                    ? page with { Body = GitHubApi.Write(reply, GitHubWire.Default.PullRequestReply) }
                    : null,
            },
            cancellationToken);
        return ToPullRequest(GitHubApi.Read(response, GitHubWire.Default.PullRequestReply, path));
    }

    public async Task<string?> MergeAsync(PullRequest pullRequest, MergeMethod method, CancellationToken cancellationToken)
    {
        string id = pullRequest.NodeId ?? throw new PublishingException($"the pull request {pullRequest.Url} has no id to merge it by");
        var query = new GraphRequest(EnableAutoMerge, new GraphVariables { Id = id, Method = method.ToString().ToUpperInvariant() });
        IReadOnlyList<GraphError> errors = (await api.QueryAsync(query, cancellationToken)).Errors ?? [];
        if (errors.Count == 0)
            return null;
        string reason = errors[0].Message ?? "";
        if (!NothingToWaitFor.Any(text => reason.Contains(text, StringComparison.Ordinal)))
            throw new PublishingException($"the pull request {pullRequest.Url} is open, but GitHub will not merge it by itself: {reason}");
        await MergeNowAsync(pullRequest.Number, method, cancellationToken);
        return reason;
    }

    private string WithCommit(string sha) => $"{api.RepositoryPath}/commits/{Uri.EscapeDataString(sha)}/pulls?state=open&per_page=100";

    private static PullRequest ToPullRequest(PullRequestReply reply) => new() { Number = reply.Number, Url = reply.HtmlUrl ?? "", NodeId = reply.NodeId };

    private async Task MergeNowAsync(int number, MergeMethod method, CancellationToken cancellationToken)
    {
        string path = FormattableString.Invariant($"{api.RepositoryPath}/pulls/{number}");
        try
        {
            await api.SendAsync(
                new ApiRequest
                {
                    Method = HttpMethod.Put,
                    Path = path + "/merge",
                    Body = GitHubApi.Write(new MergeBody(method.ToString().ToLowerInvariant()), GitHubWire.Default.MergeBody),
                    Permission = "contents: write",
                },
                cancellationToken);
        }
        catch (PublishingException e) when (e.Status is HttpStatusCode.MethodNotAllowed or HttpStatusCode.NotFound)
        {
            // An earlier attempt whose answer was lost may have merged it.
            PullRequestReply now = await api.GetAsync(path, GitHubWire.Default.PullRequestReply, "pull-requests: read", cancellationToken);
            if (now.Merged != true)
                throw;
        }
    }

    private async Task<(ApiResponse? Page, PullRequestReply? Found)> FindReplyAsync(string source, string target, CancellationToken cancellationToken)
    {
        string path = $"{api.RepositoryPath}/pulls?state=open&head={Uri.EscapeDataString($"{owner}:{source}")}&base={Uri.EscapeDataString(target)}&per_page=100";
        await foreach ((ApiResponse response, IReadOnlyList<PullRequestReply> page) in api.PagesAsync(path, GitHubWire.Default.IReadOnlyListPullRequestReply, "pull-requests: read", cancellationToken))
        {
            if (page.FirstOrDefault(p => p.Head?.Ref == source && p.Base?.Ref == target && p.State is null or "open") is { } found)
                return (response, found);
        }

        return (null, null);
    }
}
