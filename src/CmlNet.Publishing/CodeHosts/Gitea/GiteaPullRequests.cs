using System.Net;
using CmlNet.Publishing.Http;

namespace CmlNet.Publishing.CodeHosts.Gitea;

/// <summary>Pull requests of one repository.</summary>
internal sealed class GiteaPullRequests(JsonCalls calls, string repositoryPath, TimeProvider time, TimeSpan firstPause)
{
    private const int Attempts = 5;

    /// <summary>Gitea tells of a commit only which pull request it was merged by; the open ones are looked through.</summary>
    public async Task<IReadOnlyList<int>> FindByHeadAsync(string sha, CancellationToken cancellationToken)
    {
        var found = new List<int>();
        await foreach ((_, IReadOnlyList<PullRequestReply> page) in OpenAsync(cancellationToken))
            found.AddRange(page.Where(p => p.Head?.Sha == sha).Select(p => p.Number));
        return found;
    }

    public async Task<PullRequest?> FindAsync(string source, string target, CancellationToken cancellationToken)
    {
        (_, PullRequestReply? found) = await FindReplyAsync(source, target, cancellationToken);
        return found is null ? null : ToPullRequest(found);
    }

    public async Task<PullRequest> CreateAsync(NewPullRequest request, CancellationToken cancellationToken) => ToPullRequest(await calls.SendAsync(
        new ApiRequest
        {
            Method = HttpMethod.Post,
            Path = $"{repositoryPath}/pulls",
            Body = JsonCalls.Write(new PullRequestBody(request.Title, request.Source, request.Target, request.Body), GiteaWire.Default.PullRequestBody),
            ReadBack = async token => await FindReplyAsync(request.Source, request.Target, token) is ({ } page, { } found)
                ? page with { Body = JsonCalls.Write(found, GiteaWire.Default.PullRequestReply) }
                : null,
        },
        GiteaWire.Default.PullRequestReply,
        cancellationToken));

    /// <summary>With checks still to come Gitea answers that the merge is scheduled, else it merges at once. A new pull request it looks at first.</summary>
    public async Task<string?> MergeAsync(PullRequest pullRequest, MergeMethod method, CancellationToken cancellationToken)
    {
        string path = FormattableString.Invariant($"{repositoryPath}/pulls/{pullRequest.Number}");
        var body = new MergeBody(method.ToString().ToLowerInvariant(), true);
        TimeSpan pause = firstPause;
        for (int attempt = 1; ; attempt++, pause *= 2)
        {
            try
            {
                ApiResponse answer = await calls.SendAsync(
                    // Asking twice for the same merge is answered by a conflict, so the call may be repeated.
                    new ApiRequest { Method = HttpMethod.Post, Path = path + "/merge", Body = JsonCalls.Write(body, GiteaWire.Default.MergeBody), ReadBack = static _ => Task.FromResult<ApiResponse?>(null) },
                    cancellationToken);
                if (answer.IsRehearsed)
                    return null;
                break;
            }
            catch (PublishingException e) when (e.Status is HttpStatusCode.MethodNotAllowed or HttpStatusCode.Conflict)
            {
                PullRequestReply now = await ReadAsync(path, cancellationToken);
                // A conflict is also the answer to who asks for the same once more.
                if (now.Merged == true || (e.Status == HttpStatusCode.Conflict && now.Mergeable != false))
                    break;
                if (attempt == Attempts || e.Status == HttpStatusCode.Conflict)
                    throw new PublishingException($"the pull request {pullRequest.Url} is open, but it will not be merged by itself: {e.Message}", e);
                await Task.Delay(pause, time, cancellationToken);
            }
        }

        return (await ReadAsync(path, cancellationToken)).Merged == true ? "it has no checks to wait for" : null;
    }

    private Task<PullRequestReply> ReadAsync(string path, CancellationToken cancellationToken) => calls.GetAsync(path, GiteaWire.Default.PullRequestReply, cancellationToken);

    private IAsyncEnumerable<(ApiResponse Response, IReadOnlyList<PullRequestReply> Page)> OpenAsync(CancellationToken cancellationToken) =>
        calls.PagesAsync($"{repositoryPath}/pulls?state=open&limit=50", GiteaWire.Default.IReadOnlyListPullRequestReply, next: null, cancellationToken);

    private async Task<(ApiResponse? Page, PullRequestReply? Found)> FindReplyAsync(string source, string target, CancellationToken cancellationToken)
    {
        await foreach ((ApiResponse response, IReadOnlyList<PullRequestReply> page) in OpenAsync(cancellationToken))
        {
            if (page.FirstOrDefault(p => p.Head?.Ref == source && p.Base?.Ref == target) is { } found)
                return (response, found);
        }

        return (null, null);
    }

    private static PullRequest ToPullRequest(PullRequestReply reply) => new() { Number = reply.Number, Url = reply.HtmlUrl ?? "" };
}
