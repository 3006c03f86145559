using CmlNet.Publishing.Assets;
using CmlNet.Publishing.Diagnosis;
using CmlNet.Publishing.Http;

namespace CmlNet.Publishing.CodeHosts.GitLab;

/// <summary>gitlab.com and GitLab's own installations, those under a path of a server too.</summary>
internal sealed class GitLabHost(GitLabApi api, TimeProvider time, TimeSpan firstPause) : ICodeHost, ICommentHost, IStatusHost, ICommitPullRequests, IPullRequestHost, IMergeMethods, IWorkflowHost, ICommentLimits, ICommentDeletion, IUploadHost, ICommentForm, IHostDiagnosis
{
    private const int LongestNote = 990_000;
    private const string JobTokenAdvice = " The token is CI_JOB_TOKEN, which GitLab lets do little: make a project access token with the scope 'api' and set it as GITLAB_TOKEN.";
    private const string ScopeAdvice = " The token needs the scope 'api' and the role of a reporter at least; to open or merge, that of a developer.";

    private readonly GitLabNotes _notes = new(api, time);
    private readonly GitLabMergeRequests _mergeRequests = new(api, time, firstPause);

    public string Name => "gitlab";

    /// <exception cref="PublishingException">There is no token.</exception>
    public static GitLabHost Open(HostOpening opening)
    {
        string token = opening.RequireToken("GITLAB_TOKEN");
        bool isJobToken = token == opening.Environment.GetValueOrDefault("CI_JOB_TOKEN");
        Uri repository = opening.Context.Repository!; // detection gives every real host one
        Uri address = opening.Context.ApiBase ?? repository;
        var api = new GitLabApi(
            new JsonCalls(opening.Connect(address, [new(isJobToken ? "JOB-TOKEN" : "PRIVATE-TOKEN", token)]), "GitLab") { TokenAdvice = isJobToken ? JobTokenAdvice : ScopeAdvice },
            new JsonCalls(opening.Connect(address, []), "GitLab"),
            opening.Context.ApiBase,
            repository)
        {
            IsJobToken = isJobToken,
        };
        return new GitLabHost(api, opening.Time, opening.FirstDelay);
    }

    /// <summary>GitLab takes a million characters, of which there are never more than bytes; the rest is for what disarms quick actions.</summary>
    public int LargestComment(CommentSurface surface) => LongestNote;

    public Task<Comment> CreateCommentAsync(CommentPlace place, string body, CancellationToken cancellationToken = default) => _notes.CreateAsync(place, body, cancellationToken);

    public Task<Comment> UpdateCommentAsync(CommentPlace place, string id, string body, CancellationToken cancellationToken = default) => _notes.UpdateAsync(place, id, body, cancellationToken);

    public Task DeleteCommentAsync(CommentPlace place, string id, CancellationToken cancellationToken = default) => _notes.DeleteAsync(place, id, cancellationToken);

    public IAsyncEnumerable<Comment> ListCommentsAsync(CommentPlace place, CancellationToken cancellationToken = default) => _notes.ListAsync(place, cancellationToken);

    public Task<bool> IsOwnAsync(Comment comment, CancellationToken cancellationToken = default) => _notes.IsOwnAsync(comment, cancellationToken);

    public Task SetStatusAsync(CommitStatus status, CancellationToken cancellationToken = default) => new GitLabStatuses(api).SetAsync(status, cancellationToken);

    public Task<IReadOnlyList<int>> FindOpenPullRequestsAsync(string sha, CancellationToken cancellationToken = default) => _mergeRequests.FindByCommitAsync(sha, cancellationToken);

    public Task<int?> FindByHeadAsync(string sha, string? owner, string? branch, CancellationToken cancellationToken = default) => _mergeRequests.FindByHeadAsync(sha, cancellationToken);

    public Task<PullRequest?> FindPullRequestAsync(string source, string target, CancellationToken cancellationToken = default) => _mergeRequests.FindAsync(source, target, cancellationToken);

    public Task<PullRequest> CreatePullRequestAsync(NewPullRequest request, CancellationToken cancellationToken = default) => _mergeRequests.CreateAsync(request, cancellationToken);

    public Task<string?> MergePullRequestAsync(PullRequest pullRequest, MergeMethod method, CancellationToken cancellationToken = default) => _mergeRequests.MergeAsync(pullRequest, method, cancellationToken);

    public string? Refusal(MergeMethod method) => method == MergeMethod.Rebase
        ? "GitLab rebases merge requests where the project's settings say so ('Merge method'), and not on demand; use --merge or --squash"
        : null;

    public Task RerunWorkflowAsync(string runId, CancellationToken cancellationToken = default) => new GitLabPipelines(api, time, firstPause).RerunAsync(runId, cancellationToken);

    public async Task<string> UploadAsync(Asset asset, CancellationToken cancellationToken)
    {
        string path = await api.ProjectPathAsync("uploads", cancellationToken);
        UploadReply reply = await api.Calls.SendAsync(
            new ApiRequest
            {
                Method = HttpMethod.Post,
                Path = path,
                Body = MultipartFile.Write("file", asset.FileName, asset.MediaType, asset.Content),
                ContentType = MultipartFile.ContentType,
                IsParallel = true,
                Rehearsed = """{"url":"/uploads/"}"""u8.ToArray(),
                // A file that is there twice is only wasteful.
                ReadBack = static _ => Task.FromResult<ApiResponse?>(null),
            },
            GitLabWire.Default.UploadReply,
            cancellationToken);
        // Relative to the project: GitLab completes it where it shows the comment, to who may see the project.
        return reply.Url is { Length: > 0 } url ? url : throw new PublishingException($"the answer to {path} names no file");
    }

    /// <summary>Each upload has a secret of its own in its address.</summary>
    public string? AddressStart => "/uploads/";

    public string Sent(string body) => QuickActions.Disarm(body);

    public IAsyncEnumerable<Finding> DiagnoseAsync(CancellationToken cancellationToken = default) => TokenFinding.ReadAsync(_notes.ReadNameAsync, cancellationToken);

    public void Dispose() => api.Dispose();
}
