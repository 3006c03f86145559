using System.Net;
using CmlNet.Publishing.Http;

namespace CmlNet.Publishing.CodeHosts.GitLab;

/// <summary>Merge requests of one project.</summary>
internal sealed class GitLabMergeRequests(GitLabApi api, TimeProvider time, TimeSpan firstPause)
{
    /// <summary>With pauses that double: a minute or so. That long GitLab may take to check a new merge request and to make its pipeline.</summary>
    private const int Attempts = 6;

    public async Task<IReadOnlyList<int>> FindByCommitAsync(string sha, CancellationToken cancellationToken) =>
        [.. (await OpenWithAsync(sha, cancellationToken)).Select(m => m.Iid)];

    public async Task<int?> FindByHeadAsync(string sha, CancellationToken cancellationToken) =>
        (await OpenWithAsync(sha, cancellationToken)).Find(m => m.Sha == sha)?.Iid;

    public async Task<PullRequest?> FindAsync(string source, string target, CancellationToken cancellationToken)
    {
        (_, MergeRequestReply? found) = await FindReplyAsync(source, target, cancellationToken);
        return found is null ? null : ToPullRequest(found);
    }

    public async Task<PullRequest> CreateAsync(NewPullRequest request, CancellationToken cancellationToken)
    {
        // The title goes into the message of the merge, which must not start a pipeline either.
        string title = request.IsCiSkipped ? request.Title + " [skip ci]" : request.Title;
        var body = new MergeRequestBody(request.Source, request.Target, title, QuickActions.Disarm(request.Body));
        MergeRequestReply reply = await api.SendAsync(
            HttpMethod.Post,
            "merge_requests",
            JsonCalls.Write(body, GitLabWire.Default.MergeRequestBody),
            GitLabWire.Default.MergeRequestReply,
            cancellationToken,
            async token => await FindReplyAsync(request.Source, request.Target, token) is ({ } page, { } found)
                ? page with { Body = JsonCalls.Write(found, GitLabWire.Default.MergeRequestReply) }
                : null);
        return ToPullRequest(reply);
    }

    /// <summary>GitLab waits only for a pipeline there is. Where there is none after a while, there is nothing to wait for.</summary>
    public async Task<string?> MergeAsync(PullRequest pullRequest, MergeMethod method, CancellationToken cancellationToken)
    {
        string path = FormattableString.Invariant($"merge_requests/{pullRequest.Number}");
        bool? isSquashed = method == MergeMethod.Squash ? true : null;
        TimeSpan pause = firstPause;
        for (int attempt = 1; attempt <= Attempts; attempt++, pause *= 2)
        {
            MergeRequestReply? reply = await TryMergeAsync(path, new MergeBody(true, true, isSquashed), cancellationToken);
            if (reply is not null)
                return reply.State == "merged" ? "its pipeline had succeeded already" : null;
            if (attempt < Attempts)
                await Task.Delay(pause, time, cancellationToken);
        }

        MergeRequestReply merged = await TryMergeAsync(path, new MergeBody(null, null, isSquashed), cancellationToken)
            ?? await api.GetAsync(path, GitLabWire.Default.MergeRequestReply, cancellationToken);
        return merged.State == "merged"
            ? "it has no pipeline to wait for"
            : throw new PublishingException($"the merge request {pullRequest.Url} is open, but GitLab will not merge it by itself: its state is '{merged.DetailedMergeStatus ?? merged.State}'. See its page for what is missing.");
    }

    private async Task<MergeRequestReply?> TryMergeAsync(string path, MergeBody body, CancellationToken cancellationToken)
    {
        try
        {
            return await api.SendAsync(HttpMethod.Put, path + "/merge", JsonCalls.Write(body, GitLabWire.Default.MergeBody), GitLabWire.Default.MergeRequestReply, cancellationToken);
        }
        catch (PublishingException e) when (e.Status is HttpStatusCode.MethodNotAllowed or HttpStatusCode.NotAcceptable or HttpStatusCode.UnprocessableEntity or HttpStatusCode.Conflict)
        {
            // Not yet; or an earlier attempt, whose answer was lost, has done it.
            MergeRequestReply now = await api.GetAsync(path, GitLabWire.Default.MergeRequestReply, cancellationToken);
            return now.State == "merged" ? now : null;
        }
    }

    private async Task<List<MergeRequestReply>> OpenWithAsync(string sha, CancellationToken cancellationToken)
    {
        string path = await api.ProjectPathAsync($"repository/commits/{Uri.EscapeDataString(sha)}/merge_requests?per_page=100", cancellationToken);
        var open = new List<MergeRequestReply>();
        await foreach ((_, IReadOnlyList<MergeRequestReply> page) in api.Calls.PagesAsync(path, GitLabWire.Default.IReadOnlyListMergeRequestReply, next: null, cancellationToken))
            open.AddRange(page.Where(m => m.State == "opened"));
        return open;
    }

    private async Task<(ApiResponse? Page, MergeRequestReply? Found)> FindReplyAsync(string source, string target, CancellationToken cancellationToken)
    {
        string path = await api.ProjectPathAsync($"merge_requests?state=opened&source_branch={Uri.EscapeDataString(source)}&target_branch={Uri.EscapeDataString(target)}&per_page=100", cancellationToken);
        await foreach ((ApiResponse response, IReadOnlyList<MergeRequestReply> page) in api.Calls.PagesAsync(path, GitLabWire.Default.IReadOnlyListMergeRequestReply, next: null, cancellationToken))
        {
            if (page.FirstOrDefault(m => m.SourceBranch == source && m.TargetBranch == target && m.State == "opened") is { } found)
                return (response, found);
        }

        return (null, null);
    }

    private static PullRequest ToPullRequest(MergeRequestReply reply) => new() { Number = reply.Iid, Url = reply.WebUrl ?? "" };
}
