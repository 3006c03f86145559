using CmlNet.Publishing.Assets;
using CmlNet.Publishing.Diagnosis;
using CmlNet.Publishing.Http;

namespace CmlNet.Publishing.CodeHosts.Bitbucket;

/// <summary>bitbucket.org.</summary>
internal sealed class BitbucketHost(JsonCalls calls, string repositoryPath, string page, TimeProvider time) : ICodeHost, ICommentHost, IStatusHost, ICommitPullRequests, IPullRequestHost, ICommentDeletion, ICommentLimits, IUploadHost, IWorkflowHost, IHostDiagnosis
{
    /// <summary>Bitbucket documents no limit; this is on the safe side.</summary>
    private const int LongestComment = 32_768;
    private const int LongestKey = 40;
    private const int LongestText = 255;
    private const string Advice = " The token is 'user:app-password' in base64, or an access token; it needs to write pull requests, and repositories for files and statuses.";

    private readonly BitbucketComments _comments = new(calls, repositoryPath, time);
    private readonly BitbucketPullRequests _pullRequests = new(calls, repositoryPath);

    public string Name => "bitbucket";

    /// <exception cref="PublishingException">There is no token, or the repository is not on bitbucket.org.</exception>
    public static BitbucketHost Open(HostOpening opening)
    {
        string token = opening.RequireToken("BITBUCKET_TOKEN");
        Uri repository = opening.Context.Repository!; // detection gives every real host one
        Uri api = opening.Context.ApiBase!; // as above
        if (api.Host == "api.bitbucket.org" && repository.Host is not ("bitbucket.org" or "bitbucket.com"))
            throw new PublishingException($"'{repository}' is not on bitbucket.org; Bitbucket Server and Data Center have another API, which is not supported");
        (string owner, string name) = opening.RequireRepository();
        var calls = new JsonCalls(opening.Connect(api, [new("Authorization", BitbucketToken.Header(token))]), "Bitbucket") { TokenAdvice = Advice };
        return new BitbucketHost(calls, $"repositories/{Uri.EscapeDataString(owner)}/{Uri.EscapeDataString(name)}", repository.AbsoluteUri.TrimEnd('/'), opening.Time);
    }

    public int LargestComment(CommentSurface surface) => LongestComment;

    public Task<Comment> CreateCommentAsync(CommentPlace place, string body, CancellationToken cancellationToken = default) => _comments.CreateAsync(place, body, cancellationToken);

    public Task<Comment> UpdateCommentAsync(CommentPlace place, string id, string body, CancellationToken cancellationToken = default) => _comments.UpdateAsync(place, id, body, cancellationToken);

    public Task DeleteCommentAsync(CommentPlace place, string id, CancellationToken cancellationToken = default) => _comments.DeleteAsync(place, id, cancellationToken);

    public IAsyncEnumerable<Comment> ListCommentsAsync(CommentPlace place, CancellationToken cancellationToken = default) => _comments.ListAsync(place, cancellationToken);

    public Task<bool> IsOwnAsync(Comment comment, CancellationToken cancellationToken = default) => _comments.IsOwnAsync(comment, cancellationToken);

    public Task<IReadOnlyList<int>> FindOpenPullRequestsAsync(string sha, CancellationToken cancellationToken = default) => _pullRequests.FindByCommitAsync(sha, cancellationToken);

    public async Task<int?> FindByHeadAsync(string sha, string? owner, string? branch, CancellationToken cancellationToken = default) =>
        await _pullRequests.FindByHeadAsync(sha, cancellationToken) is [var first, ..] ? first : null;

    public Task<PullRequest?> FindPullRequestAsync(string source, string target, CancellationToken cancellationToken = default) => _pullRequests.FindAsync(source, target, cancellationToken);

    public Task<PullRequest> CreatePullRequestAsync(NewPullRequest request, CancellationToken cancellationToken = default) => _pullRequests.CreateAsync(request, cancellationToken);

    public Task<string?> MergePullRequestAsync(PullRequest pullRequest, MergeMethod method, CancellationToken cancellationToken = default) => _pullRequests.MergeAsync(pullRequest, method, cancellationToken);

    public Task RerunWorkflowAsync(string runId, CancellationToken cancellationToken = default) => new BitbucketPipelines(calls, repositoryPath).RerunAsync(runId, cancellationToken);

    public Task SetStatusAsync(CommitStatus status, CancellationToken cancellationToken = default)
    {
        string state = status.State switch
        {
            "success" => "SUCCESSFUL",
            "pending" => "INPROGRESS",
            "error" => "STOPPED",
            _ => "FAILED",
        };
        // Bitbucket asks for an address, and keeps one status of a key.
        string key = status.Context.Length <= LongestKey ? status.Context : Sha256.Hex(System.Text.Encoding.UTF8.GetBytes(status.Context))[..LongestKey];
        var body = new StatusBody(key, state, Cut(status.Context), status.TargetUrl ?? $"{page}/commits/{status.Sha}", Cut(status.Description));
        return calls.SendAsync(
            new ApiRequest
            {
                Method = HttpMethod.Post,
                Path = $"{repositoryPath}/commit/{Uri.EscapeDataString(status.Sha)}/statuses/build",
                Body = JsonCalls.Write(body, BitbucketWire.Default.StatusBody),
                ReadBack = static _ => Task.FromResult<ApiResponse?>(null),
            },
            cancellationToken);
    }

    /// <summary>Among the repository's downloads, under a name that tells the content: sending it twice is the same as once.</summary>
    public async Task<string> UploadAsync(Asset asset, CancellationToken cancellationToken)
    {
        string name = "cml-" + Sha256.Hex(asset.Content.Span);
        await calls.SendAsync(
            new ApiRequest
            {
                Method = HttpMethod.Post,
                Path = $"{repositoryPath}/downloads",
                Body = MultipartFile.Write("files", name, asset.MediaType, asset.Content),
                ContentType = MultipartFile.ContentType,
                IsParallel = true,
                ReadBack = static _ => Task.FromResult<ApiResponse?>(null),
            },
            cancellationToken);
        return $"{page}/downloads/{name}";
    }

    public IAsyncEnumerable<Finding> DiagnoseAsync(CancellationToken cancellationToken = default) => TokenFinding.ReadAsync(_comments.ReadNameAsync, cancellationToken);

    public void Dispose() => calls.Dispose();

    private static string Cut(string text) => text.Length <= LongestText ? text : text[..(LongestText - 1)] + "…";
}
