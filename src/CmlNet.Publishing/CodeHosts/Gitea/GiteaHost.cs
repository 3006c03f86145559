using System.Collections.Concurrent;
using System.Runtime.CompilerServices;
using CmlNet.Publishing.Assets;
using CmlNet.Publishing.Diagnosis;
using CmlNet.Publishing.Http;

namespace CmlNet.Publishing.CodeHosts.Gitea;

/// <summary>Gitea, Forgejo and what is built on them, e.g. Codeberg.</summary>
internal sealed class GiteaHost : ICodeHost, ICommentHost, ICommentSurfaces, IStatusHost, ICommitPullRequests, IPullRequestHost, ICommentDeletion, IUploadHost, IHostDiagnosis
{
    private const int LongestText = 255;
    private const string Advice = " The token needs the scopes 'write:issue' and 'write:repository'; for images, the server has to allow attachments.";

    private readonly JsonCalls _calls;
    private readonly string _repository;
    private readonly GiteaComments _comments;
    private readonly GiteaPullRequests _pullRequests;
    private readonly GiteaAttachments _attachments;

    /// <summary>Comments by number, as they were told last: with its files in place, a body may turn out to be there already.</summary>
    private readonly ConcurrentDictionary<string, Comment> _listed = new(StringComparer.Ordinal);

    private GiteaHost(JsonCalls calls, string repository, string userPath, HostOpening opening)
    {
        _calls = calls;
        _repository = repository;
        _comments = new GiteaComments(calls, repository, userPath, opening.Time);
        _pullRequests = new GiteaPullRequests(calls, repository, opening.Time, opening.FirstDelay);
        _attachments = new GiteaAttachments(calls, opening.Logger);
    }

    public string Name => "gitea";

    /// <exception cref="PublishingException">There is no token, or the address is no repository's.</exception>
    public static GiteaHost Open(HostOpening opening)
    {
        string token = opening.RequireToken("GITEA_TOKEN, FORGEJO_TOKEN");
        (string owner, string name) = opening.RequireRepository();
        string api = opening.Context.ApiBase!.AbsoluteUri.TrimEnd('/'); // as above
        var calls = new JsonCalls(opening.Connect(opening.Context.ApiBase!, [new("Authorization", "token " + token)]), "Gitea") { TokenAdvice = Advice };
        return new GiteaHost(calls, $"{api}/repos/{Uri.EscapeDataString(owner)}/{Uri.EscapeDataString(name)}", api + "/user", opening);
    }

    public string? Refusal(CommentSurface surface) => surface == CommentSurface.Commit
        ? "Gitea and Forgejo show no comments on commits: open a pull request, name a place with --target=pr/<number> or --target=issue/<number>, or show a commit status with --to=status"
        : null;

    public async Task<Comment> CreateCommentAsync(CommentPlace place, string body, CancellationToken cancellationToken = default)
    {
        Require(place);
        if (!GiteaAttachments.IsIn(body))
            return await _comments.CreateAsync(place, body, cancellationToken);
        Comment created = await _comments.CreateAsync(place, GiteaAttachments.WithoutFiles(body), cancellationToken);
        return await UpdateCommentAsync(place, created.Id, body, cancellationToken);
    }

    public async Task<Comment> UpdateCommentAsync(CommentPlace place, string id, string body, CancellationToken cancellationToken = default)
    {
        Require(place);
        if (!GiteaAttachments.IsIn(body))
            return await _comments.UpdateAsync(id, body, cancellationToken);
        string path = _comments.CommentPath(id);
        string complete = await _attachments.AttachAsync(path, body, cancellationToken);
        Comment updated = _listed.TryGetValue(id, out Comment? old) && GiteaComments.Normal(old.Body) == GiteaComments.Normal(complete)
            ? old with { Change = CommentChange.Unchanged }
            : await _comments.UpdateAsync(id, complete, cancellationToken);
        await _attachments.RemoveUnusedAsync(path, complete, cancellationToken);
        return updated;
    }

    public Task DeleteCommentAsync(CommentPlace place, string id, CancellationToken cancellationToken = default) => _comments.DeleteAsync(id, cancellationToken);

    public async IAsyncEnumerable<Comment> ListCommentsAsync(CommentPlace place, [EnumeratorCancellation] CancellationToken cancellationToken = default)
    {
        Require(place);
        await foreach (Comment comment in _comments.ListAsync(place, cancellationToken))
        {
            _listed[comment.Id] = comment;
            yield return comment;
        }
    }

    public Task<bool> IsOwnAsync(Comment comment, CancellationToken cancellationToken = default) => _comments.IsOwnAsync(comment, cancellationToken);

    public Task SetStatusAsync(CommitStatus status, CancellationToken cancellationToken = default) => _calls.SendAsync(
        new ApiRequest
        {
            Method = HttpMethod.Post,
            Path = $"{_repository}/statuses/{Uri.EscapeDataString(status.Sha)}",
            Body = JsonCalls.Write(new StatusBody(status.State, Cut(status.Context), Cut(status.Description), status.TargetUrl), GiteaWire.Default.StatusBody),
            // The newest of a context counts, so one too many does no harm.
            ReadBack = static _ => Task.FromResult<ApiResponse?>(null),
        },
        cancellationToken);

    public Task<IReadOnlyList<int>> FindOpenPullRequestsAsync(string sha, CancellationToken cancellationToken = default) => _pullRequests.FindByHeadAsync(sha, cancellationToken);

    public async Task<int?> FindByHeadAsync(string sha, string? owner, string? branch, CancellationToken cancellationToken = default) =>
        await _pullRequests.FindByHeadAsync(sha, cancellationToken) is [var first, ..] ? first : null;

    public Task<PullRequest?> FindPullRequestAsync(string source, string target, CancellationToken cancellationToken = default) => _pullRequests.FindAsync(source, target, cancellationToken);

    public Task<PullRequest> CreatePullRequestAsync(NewPullRequest request, CancellationToken cancellationToken = default) => _pullRequests.CreateAsync(request, cancellationToken);

    public Task<string?> MergePullRequestAsync(PullRequest pullRequest, MergeMethod method, CancellationToken cancellationToken = default) => _pullRequests.MergeAsync(pullRequest, method, cancellationToken);

    /// <summary>The file is sent when its comment is there.</summary>
    public Task<string> UploadAsync(Asset asset, CancellationToken cancellationToken) => Task.FromResult(_attachments.Keep(asset));

    public string WithoutFiles(string report) => GiteaAttachments.WithoutFiles(report);

    public bool AreForComments => true;

    public IAsyncEnumerable<Finding> DiagnoseAsync(CancellationToken cancellationToken = default) => TokenFinding.ReadAsync(_comments.ReadNameAsync, cancellationToken);

    public void Dispose() => _calls.Dispose();

    private void Require(CommentPlace place)
    {
        if (Refusal(place.Surface) is { } refusal)
            throw new PublishingException(refusal);
    }

    private static string Cut(string text) => text.Length <= LongestText ? text : text[..(LongestText - 1)] + "…";
}
