using System.Net;
using System.Runtime.CompilerServices;
using CmlNet.Publishing.Diagnosis;
using CmlNet.Publishing.Http;

namespace CmlNet.Publishing.CodeHosts.GitHub;

/// <summary>github.com and GitHub Enterprise Server.</summary>
internal sealed class GitHubHost(ApiClient client, Uri apiBase, string owner, string repository, TimeProvider time) : ICodeHost, ICommentHost, ICheckHost, IStatusHost, ICommitPullRequests, IPullRequestHost, IWorkflowHost, ICommentLimits, ICommentDeletion, ICommentHiding, IHostDiagnosis
{
    /// <summary>How much older than the first attempt a comment may be and still be taken for its effect; both by the server's clock.</summary>
    private static readonly TimeSpan ReadBackSlack = TimeSpan.FromSeconds(5);

    private readonly GitHubApi _api = new(new JsonCalls(client, GitHubApi.Name), owner, repository) { GraphAddress = GraphAddressOf(apiBase) };
    private Account? _self;

    public string Name => "github";

    /// <summary>Set where the host acts as a GitHub App.</summary>
    public GitHubAppTokens? AppTokens { get; init; }

    /// <summary>As measured: 262,144 bytes, although the refusal speaks of 65,536 characters. Comments on commits keep to the smaller number.</summary>
    public int LargestComment(CommentSurface surface) => surface == CommentSurface.Commit ? 65535 : 262144;

    public async Task<Comment> CreateCommentAsync(CommentPlace place, string body, CancellationToken cancellationToken = default)
    {
        string path = CommentsOf(place);
        long start = time.GetTimestamp();
        ApiResponse response = await _api.SendAsync(
            new ApiRequest
            {
                Method = HttpMethod.Post,
                Path = path,
                Body = GitHubApi.Write(new CommentBody(body), GitHubWire.Default.CommentBody),
                Permission = PermissionFor(place, update: false),
                ReadBack = token => FindPostedAsync(place, body, time.GetElapsedTime(start), token),
            },
            cancellationToken);
        return ToComment(GitHubApi.Read(response, GitHubWire.Default.CommentReply, path));
    }

    public async Task<Comment> UpdateCommentAsync(CommentPlace place, string id, string body, CancellationToken cancellationToken = default)
    {
        string path = PathOf(place, id);
        ApiResponse response = await _api.SendAsync(
            new ApiRequest
            {
                Method = HttpMethod.Patch,
                Path = path,
                Body = GitHubApi.Write(new CommentBody(body), GitHubWire.Default.CommentBody),
                Permission = PermissionFor(place, update: true),
            },
            cancellationToken);
        return ToComment(GitHubApi.Read(response, GitHubWire.Default.CommentReply, path));
    }

    public async Task DeleteCommentAsync(CommentPlace place, string id, CancellationToken cancellationToken = default)
    {
        try
        {
            await _api.SendAsync(new ApiRequest { Method = HttpMethod.Delete, Path = PathOf(place, id), Permission = PermissionFor(place, update: true) }, cancellationToken);
        }
        catch (PublishingException e) when (e.Status == HttpStatusCode.NotFound)
        {
            // Somebody was faster, or the answer to an earlier attempt was lost.
        }
    }

    public async Task HideCommentAsync(Comment comment, CancellationToken cancellationToken = default)
    {
        const string hide = "mutation($id:ID!){minimizeComment(input:{subjectId:$id,classifier:OUTDATED}){clientMutationId}}";
        GraphReply reply = await _api.QueryAsync(new GraphRequest(hide, new GraphVariables { Id = comment.NodeId }), cancellationToken);
        if (reply.Errors is [var error, ..])
            throw new PublishingException($"the comment {comment.Url} cannot be folded away: {error.Message}");
    }

    public async IAsyncEnumerable<Comment> ListCommentsAsync(CommentPlace place, [EnumeratorCancellation] CancellationToken cancellationToken = default)
    {
        await foreach ((_, IReadOnlyList<CommentReply> page) in CommentPagesAsync(place, cancellationToken))
        {
            foreach (CommentReply reply in page)
                yield return ToComment(reply);
        }
    }

    public async Task<bool> IsOwnAsync(Comment comment, CancellationToken cancellationToken = default)
    {
        Account self = _self ??= await ReadSelfAsync(cancellationToken);
        return comment.Author is not { } author || string.Equals(author, self.Login, StringComparison.OrdinalIgnoreCase);
    }

    public Task<IReadOnlyList<int>> FindOpenPullRequestsAsync(string sha, CancellationToken cancellationToken = default) => PullRequests.FindByCommitAsync(sha, cancellationToken);

    public Task<int?> FindByHeadAsync(string sha, string? owner, string? branch, CancellationToken cancellationToken = default) => PullRequests.FindByHeadAsync(sha, owner, branch, cancellationToken);

    public Task<CheckReference> CreateCheckAsync(CheckRun check, CancellationToken cancellationToken = default) => Checks.CreateAsync(check, cancellationToken);

    public Task<CheckReference?> FindCheckAsync(string sha, string title, CancellationToken cancellationToken = default) => Checks.FindAsync(sha, title, cancellationToken);

    public Task<CheckReference> UpdateCheckAsync(string id, CheckRun check, CancellationToken cancellationToken = default) => Checks.UpdateAsync(id, check, cancellationToken);

    public Task SetStatusAsync(CommitStatus status, CancellationToken cancellationToken = default) => new GitHubStatuses(_api).SetAsync(status, cancellationToken);

    public Task<PullRequest?> FindPullRequestAsync(string source, string target, CancellationToken cancellationToken = default) => PullRequests.FindAsync(source, target, cancellationToken);

    public Task<PullRequest> CreatePullRequestAsync(NewPullRequest request, CancellationToken cancellationToken = default) => PullRequests.CreateAsync(request, cancellationToken);

    public Task<string?> MergePullRequestAsync(PullRequest pullRequest, MergeMethod method, CancellationToken cancellationToken = default) => PullRequests.MergeAsync(pullRequest, method, cancellationToken);

    public Task RerunWorkflowAsync(string runId, CancellationToken cancellationToken = default) => new GitHubRuns(_api, time).RerunAsync(runId, cancellationToken);

    public IAsyncEnumerable<Finding> DiagnoseAsync(CancellationToken cancellationToken = default) => new GitHubDiagnosis(_api, AppTokens, ReadSelfAsync).ExamineAsync(cancellationToken);

    public void Dispose() => client.Dispose();

    /// <summary>The calls, for the image stores on this host.</summary>
    public GitHubApi Api => _api;

    private GitHubChecks Checks => new(_api, time);

    private GitHubPullRequests PullRequests => new(_api, owner);

    /// <summary><c>https://api.github.com/graphql</c>, and <c>/api/graphql</c> beside <c>/api/v3/</c>.</summary>
    private static string GraphAddressOf(Uri apiBase)
    {
        string text = apiBase.AbsoluteUri;
        return (text.EndsWith("/api/v3/", StringComparison.Ordinal) ? text[..^"v3/".Length] : text) + "graphql";
    }

    private static Comment ToComment(CommentReply reply) => new()
    {
        Id = reply.Id.ToString(System.Globalization.CultureInfo.InvariantCulture),
        Url = reply.HtmlUrl ?? "",
        Body = reply.Body ?? "",
        Author = reply.User?.Login,
        NodeId = reply.NodeId,
        CreatedAt = reply.CreatedAt,
    };

    /// <summary>Which permission the call needs, as GitHub's permission tables have it.</summary>
    private static string PermissionFor(CommentPlace place, bool update) => place.Surface switch
    {
        CommentSurface.Commit => update ? "contents: write" : "contents: read",
        CommentSurface.PullRequest => "pull-requests: write",
        _ => "issues: write",
    };

    /// <summary>GitHub stores line ends as it likes.</summary>
    private static string Normal(string body) => body.ReplaceLineEndings("\n").Trim();

    private string PathOf(CommentPlace place, string id) => $"{_api.RepositoryPath}/{(place.Surface == CommentSurface.Commit ? "comments" : "issues/comments")}/{Uri.EscapeDataString(id)}";

    private string CommentsOf(CommentPlace place) => place.Surface == CommentSurface.Commit
        ? $"{_api.RepositoryPath}/commits/{Uri.EscapeDataString(place.Id)}/comments"
        : $"{_api.RepositoryPath}/issues/{Uri.EscapeDataString(place.Id)}/comments";

    private IAsyncEnumerable<(ApiResponse Response, IReadOnlyList<CommentReply> Page)> CommentPagesAsync(CommentPlace place, CancellationToken cancellationToken) =>
        _api.PagesAsync(CommentsOf(place) + "?per_page=100", GitHubWire.Default.IReadOnlyListCommentReply, PermissionFor(place, update: false), cancellationToken);

    /// <summary>A comment that an attempt whose answer was lost may have left: same body, and no older than the attempt.</summary>
    private async Task<ApiResponse?> FindPostedAsync(CommentPlace place, string body, TimeSpan elapsed, CancellationToken cancellationToken)
    {
        string wanted = Normal(body);
        ApiResponse? found = null;
        await foreach ((ApiResponse response, IReadOnlyList<CommentReply> page) in CommentPagesAsync(place, cancellationToken))
        {
            DateTimeOffset oldest = (response.Date ?? time.GetUtcNow()) - elapsed - ReadBackSlack;
            if (page.LastOrDefault(c => c.CreatedAt >= oldest && Normal(c.Body ?? "") == wanted) is { } comment)
                found = response with { Body = GitHubApi.Write(comment, GitHubWire.Default.CommentReply) };
        }

        return found;
    }

    /// <summary>Who the token speaks for. An installation's token (GITHUB_TOKEN is one) may only ask GraphQL, and speaks for its App's bot.</summary>
    private async Task<Account> ReadSelfAsync(CancellationToken cancellationToken)
    {
        try
        {
            return await _api.GetAsync("user", GitHubWire.Default.Account, permission: null, cancellationToken);
        }
        catch (PublishingException e) when (e.Status is HttpStatusCode.Forbidden or HttpStatusCode.NotFound)
        {
            const string suffix = "[bot]";
            GraphReply reply = await _api.QueryAsync(new GraphRequest("query{viewer{login}}", new GraphVariables()), cancellationToken);
            string login = reply.Data?.Viewer?.Login ?? "github-actions" + suffix;
            return new Account(login.EndsWith(suffix, StringComparison.Ordinal) ? login : login + suffix, Type: "Bot");
        }
    }
}
