using System.Net;
using System.Runtime.CompilerServices;
using CmlNet.Publishing.Http;
using CmlNet.Publishing.Length;

namespace CmlNet.Publishing.CodeHosts.GitHub;

/// <summary>github.com and GitHub Enterprise Server.</summary>
internal sealed class GitHubHost(ApiClient client, Uri apiBase, string owner, string repository, TimeProvider time) : ICodeHost, ICommentHost, ICheckHost, ICommitPullRequests, IPullRequestHost, IWorkflowHost, ICommentLimits
{
    /// <summary>How much older than the first attempt a comment may be and still be taken for its effect; both by the server's clock.</summary>
    private static readonly TimeSpan ReadBackSlack = TimeSpan.FromSeconds(5);

    /// <summary>Of a check's summary and of its text, each; in bytes, as GitHub's refusal says.</summary>
    private const int LargestOutput = 65535;

    private readonly GitHubApi _api = new(client, owner, repository) { GraphAddress = GraphAddressOf(apiBase) };
    private Account? _self;

    public string Name => "github";

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
        string path = $"{_api.RepositoryPath}/{(place.Surface == CommentSurface.Commit ? "comments" : "issues/comments")}/{Uri.EscapeDataString(id)}";
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
        return comment.Author is not { } author
            || (self.Login is { } login ? string.Equals(author, login, StringComparison.OrdinalIgnoreCase) : author.EndsWith("[bot]", StringComparison.Ordinal));
    }

    public async Task<IReadOnlyList<int>> FindOpenPullRequestsAsync(string sha, CancellationToken cancellationToken = default)
    {
        var numbers = new List<int>();
        string path = $"{_api.RepositoryPath}/commits/{Uri.EscapeDataString(sha)}/pulls?state=open&per_page=100";
        await foreach ((_, IReadOnlyList<PullRequestReply> page) in _api.PagesAsync(path, GitHubWire.Default.IReadOnlyListPullRequestReply, "pull-requests: read", cancellationToken))
            numbers.AddRange(page.Where(p => p.State is null or "open").Select(p => p.Number));
        return numbers;
    }

    public async Task<string> CreateCheckAsync(CheckRun check, CancellationToken cancellationToken = default)
    {
        string path = $"{_api.RepositoryPath}/check-runs";
        string now = time.GetUtcNow().UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss.fff'Z'", System.Globalization.CultureInfo.InvariantCulture);
        bool isCompleted = check.Status == "completed";
        var body = new CheckBody
        {
            HeadSha = check.HeadSha,
            StartedAt = now,
            CompletedAt = isCompleted ? now : null,
            Conclusion = isCompleted ? check.Conclusion : null,
            Status = check.Status,
            Name = check.Title,
            Output = OutputOf(check),
        };
        ApiResponse response = await _api.SendAsync(
            new ApiRequest
            {
                Method = HttpMethod.Post,
                Path = path,
                Body = GitHubApi.Write(body, GitHubWire.Default.CheckBody),
                Permission = "checks: write",
                ReadBack = token => FindCheckAsync(body, token),
            },
            cancellationToken);
        return GitHubApi.Read(response, GitHubWire.Default.CheckReply, path).HtmlUrl ?? "";
    }

    public Task<PullRequest?> FindPullRequestAsync(string source, string target, CancellationToken cancellationToken = default) => PullRequests.FindAsync(source, target, cancellationToken);

    public Task<PullRequest> CreatePullRequestAsync(NewPullRequest request, CancellationToken cancellationToken = default) => PullRequests.CreateAsync(request, cancellationToken);

    public Task<string?> MergePullRequestAsync(PullRequest pullRequest, MergeMethod method, CancellationToken cancellationToken = default) => PullRequests.MergeAsync(pullRequest, method, cancellationToken);

    public Task RerunWorkflowAsync(string runId, CancellationToken cancellationToken = default) => new GitHubRuns(_api, time).RerunAsync(runId, cancellationToken);

    public void Dispose() => client.Dispose();

    /// <summary>What does not fit the summary goes on in the text below it.</summary>
    private static CheckOutput OutputOf(CheckRun check)
    {
        const string rest = "\n_The rest of the report is left out: it is longer than a check may be._\n";
        IReadOnlyList<string> parts = ReportSplitter.Split(check.Summary, LargestOutput - rest.Length);
        return new CheckOutput(check.Title, parts[0]) { Text = parts.Count switch { 1 => null, 2 => parts[1], _ => parts[1] + rest } };
    }

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

    private async Task<ApiResponse?> FindCheckAsync(CheckBody body, CancellationToken cancellationToken)
    {
        string path = $"{_api.RepositoryPath}/commits/{Uri.EscapeDataString(body.HeadSha)}/check-runs?check_name={Uri.EscapeDataString(body.Name)}&per_page=100";
        DateTimeOffset started = DateTimeOffset.Parse(body.StartedAt, System.Globalization.CultureInfo.InvariantCulture);
        await foreach ((ApiResponse response, CheckPage page) in _api.PagesAsync(path, GitHubWire.Default.CheckPage, "checks: read", cancellationToken))
        {
            // GitHub keeps whole seconds.
            if (page.CheckRuns?.FirstOrDefault(c => c.Name == body.Name && c.StartedAt?.ToUnixTimeSeconds() == started.ToUnixTimeSeconds()) is { } check)
                return response with { Body = GitHubApi.Write(check, GitHubWire.Default.CheckReply) };
        }

        return null;
    }

    /// <summary>Who the token speaks for. An installation's token (GITHUB_TOKEN) may not ask, and speaks for a bot.</summary>
    private async Task<Account> ReadSelfAsync(CancellationToken cancellationToken)
    {
        try
        {
            return await _api.GetAsync("user", GitHubWire.Default.Account, permission: null, cancellationToken);
        }
        catch (PublishingException e) when (e.Status is HttpStatusCode.Forbidden or HttpStatusCode.NotFound)
        {
            return new Account(Login: null, Type: "Bot");
        }
    }
}
