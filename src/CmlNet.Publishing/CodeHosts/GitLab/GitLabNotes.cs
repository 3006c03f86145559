using System.Globalization;
using System.Runtime.CompilerServices;
using CmlNet.Publishing.Http;

namespace CmlNet.Publishing.CodeHosts.GitLab;

/// <summary>
/// Comments of one project. On merge requests and issues they are notes; on commits they are notes of discussions, because a
/// commit's plain comments have no number to update them by.
/// </summary>
internal sealed class GitLabNotes(GitLabApi api, TimeProvider time)
{
    /// <summary>How much older than the first attempt a note may be and still be taken for its effect; both by the server's clock.</summary>
    private static readonly TimeSpan ReadBackSlack = TimeSpan.FromSeconds(5);

    private static readonly ReadOnlyMemory<byte> RehearsedDiscussion = """{"id":"0","notes":[{"id":0,"body":""}]}"""u8.ToArray();

    private UserReply? _self;

    public async Task<Comment> CreateAsync(CommentPlace place, string body, CancellationToken cancellationToken)
    {
        string path = await api.ProjectPathAsync(PathOf(place), cancellationToken);
        long start = time.GetTimestamp();
        bool isCommit = place.Surface == CommentSurface.Commit;
        string sent = QuickActions.Disarm(body);
        ApiResponse response = await api.Calls.SendAsync(
            new ApiRequest
            {
                Method = HttpMethod.Post,
                Path = path,
                Body = JsonCalls.Write(new NoteBody(sent), GitLabWire.Default.NoteBody),
                // A plain null would become an empty answer here.
                Rehearsed = isCommit ? RehearsedDiscussion : default(ReadOnlyMemory<byte>?),
                ReadBack = token => FindPostedAsync(place, sent, time.GetElapsedTime(start), token),
            },
            cancellationToken);
        if (!isCommit)
            return ToComment(place, api.Calls.Read(response, GitLabWire.Default.NoteReply, path), discussion: null);
        DiscussionReply discussion = api.Calls.Read(response, GitLabWire.Default.DiscussionReply, path);
        return discussion.Notes is [var note, ..]
            ? ToComment(place, note, discussion.Id)
            : throw new PublishingException($"the answer to {path} is not what GitLab answers (a discussion without notes). Check that the address is GitLab's API.");
    }

    public async Task<Comment> UpdateAsync(CommentPlace place, string id, string body, CancellationToken cancellationToken)
    {
        NoteReply note = await api.SendAsync(HttpMethod.Put, NotePath(place, id), JsonCalls.Write(new NoteBody(QuickActions.Disarm(body)), GitLabWire.Default.NoteBody), GitLabWire.Default.NoteReply, cancellationToken);
        return ToComment(place, note, Split(id).Discussion);
    }

    public async Task DeleteAsync(CommentPlace place, string id, CancellationToken cancellationToken) =>
        await api.Calls.DeleteAsync(await api.ProjectPathAsync(NotePath(place, id), cancellationToken), cancellationToken);

    public async IAsyncEnumerable<Comment> ListAsync(CommentPlace place, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        await foreach ((_, IReadOnlyList<(DiscussionReply? Discussion, NoteReply Note)> page) in PagesAsync(place, cancellationToken))
        {
            foreach ((DiscussionReply? discussion, NoteReply note) in page)
                yield return ToComment(place, note, discussion?.Id);
        }
    }

    public async Task<bool> IsOwnAsync(Comment comment, CancellationToken cancellationToken)
    {
        _self ??= await ReadSelfAsync(cancellationToken);
        return comment.Author is not { } author || string.Equals(author, _self.Username, StringComparison.OrdinalIgnoreCase);
    }

    public async Task<string?> ReadNameAsync(CancellationToken cancellationToken) => (_self ??= await ReadSelfAsync(cancellationToken)).Username;

    private async Task<UserReply> ReadSelfAsync(CancellationToken cancellationToken)
    {
        if (!api.IsJobToken)
            return await api.Calls.GetAsync(await api.PathAsync("user", cancellationToken), GitLabWire.Default.UserReply, cancellationToken);
        JobReply job = await api.Calls.GetAsync(await api.PathAsync("job", cancellationToken), GitLabWire.Default.JobReply, cancellationToken);
        return job.User ?? new UserReply(Username: null);
    }

    private async IAsyncEnumerable<(ApiResponse Response, IReadOnlyList<(DiscussionReply? Discussion, NoteReply Note)> Page)> PagesAsync(CommentPlace place, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        string path = await api.ProjectPathAsync(PathOf(place), cancellationToken);
        if (place.Surface == CommentSurface.Commit)
        {
            await foreach ((ApiResponse response, IReadOnlyList<DiscussionReply> page) in api.Calls.PagesAsync(path + "?per_page=100", GitLabWire.Default.IReadOnlyListDiscussionReply, next: null, cancellationToken))
                yield return (response, [.. page.SelectMany(d => (d.Notes ?? []).Where(IsComment).Select(n => ((DiscussionReply?)d, n)))]);
            yield break;
        }

        // The newest come first unless asked otherwise.
        await foreach ((ApiResponse response, IReadOnlyList<NoteReply> page) in api.Calls.PagesAsync(path + "?sort=asc&order_by=created_at&per_page=100", GitLabWire.Default.IReadOnlyListNoteReply, next: null, cancellationToken))
            yield return (response, [.. page.Where(IsComment).Select(n => ((DiscussionReply?)null, n))]);
    }

    /// <summary>A note that an attempt whose answer was lost may have left: same body, and no older than the attempt.</summary>
    private async Task<ApiResponse?> FindPostedAsync(CommentPlace place, string body, TimeSpan elapsed, CancellationToken cancellationToken)
    {
        string wanted = Normal(body);
        ApiResponse? found = null;
        await foreach ((ApiResponse response, IReadOnlyList<(DiscussionReply? Discussion, NoteReply Note)> page) in PagesAsync(place, cancellationToken))
        {
            DateTimeOffset oldest = (response.Date ?? time.GetUtcNow()) - elapsed - ReadBackSlack;
            (DiscussionReply? discussion, NoteReply? note) = page.LastOrDefault(n => n.Note.CreatedAt >= oldest && Normal(n.Note.Body ?? "") == wanted);
            if (note is null)
                continue;
            found = response with
            {
                Body = discussion is null
                    ? JsonCalls.Write(note, GitLabWire.Default.NoteReply)
                    : JsonCalls.Write(discussion with { Notes = [note] }, GitLabWire.Default.DiscussionReply),
            };
        }

        return found;
    }

    private Comment ToComment(CommentPlace place, NoteReply note, string? discussion)
    {
        string number = note.Id.ToString(CultureInfo.InvariantCulture);
        return new Comment
        {
            Id = discussion is null ? number : $"{discussion}/{number}",
            Url = $"{api.Page}/-/{KindOf(place)}/{Uri.EscapeDataString(place.Id)}#note_{number}",
            Body = note.Body ?? "",
            Author = note.Author?.Username,
            CreatedAt = note.CreatedAt,
        };
    }

    private static bool IsComment(NoteReply note) => note.System != true;

    /// <summary>GitLab stores line ends as it likes.</summary>
    private static string Normal(string body) => body.ReplaceLineEndings("\n").Trim();

    private static string KindOf(CommentPlace place) => place.Surface switch
    {
        CommentSurface.Commit => "commit",
        CommentSurface.PullRequest => "merge_requests",
        _ => "issues",
    };

    private static string PathOf(CommentPlace place) => place.Surface switch
    {
        CommentSurface.Commit => $"repository/commits/{Uri.EscapeDataString(place.Id)}/discussions",
        _ => $"{KindOf(place)}/{Uri.EscapeDataString(place.Id)}/notes",
    };

    private static string NotePath(CommentPlace place, string id) => Split(id) switch
    {
        ({ } discussion, var note) => $"{PathOf(place)}/{Uri.EscapeDataString(discussion)}/notes/{Uri.EscapeDataString(note)}",
        (_, var note) => $"{PathOf(place)}/{Uri.EscapeDataString(note)}",
    };

    private static (string? Discussion, string Note) Split(string id) => id.Split('/') is [var discussion, var note] ? (discussion, note) : (null, id);
}
