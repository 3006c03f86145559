using System.Globalization;
using System.Net;
using System.Runtime.CompilerServices;
using CmlNet.Publishing.Http;

namespace CmlNet.Publishing.CodeHosts.Gitea;

/// <summary>Comments on pull requests and issues, which are one thing to Gitea.</summary>
internal sealed class GiteaComments(JsonCalls calls, string repositoryPath, string userPath, TimeProvider time)
{
    /// <summary>How much older than the first attempt a comment may be and still be taken for its effect; both by the server's clock.</summary>
    private static readonly TimeSpan ReadBackSlack = TimeSpan.FromSeconds(5);

    /// <summary>Who a job's own token speaks for.</summary>
    private static readonly string[] Actors = ["gitea-actions", "forgejo-actions"];

    private string[]? _self;

    public async Task<Comment> CreateAsync(CommentPlace place, string body, CancellationToken cancellationToken)
    {
        long start = time.GetTimestamp();
        CommentReply reply = await calls.SendAsync(
            new ApiRequest
            {
                Method = HttpMethod.Post,
                Path = PathOf(place),
                Body = JsonCalls.Write(new CommentBody(body), GiteaWire.Default.CommentBody),
                ReadBack = token => FindPostedAsync(place, body, time.GetElapsedTime(start), token),
            },
            GiteaWire.Default.CommentReply,
            cancellationToken);
        // Who may not ask who it is learns it from what it has written.
        if (reply.User?.Login is { Length: > 0 } login)
            _self = [login];
        return ToComment(reply);
    }

    public async Task<Comment> UpdateAsync(string id, string body, CancellationToken cancellationToken) => ToComment(await calls.SendAsync(
        new ApiRequest { Method = HttpMethod.Patch, Path = CommentPath(id), Body = JsonCalls.Write(new CommentBody(body), GiteaWire.Default.CommentBody) },
        GiteaWire.Default.CommentReply,
        cancellationToken));

    public Task DeleteAsync(string id, CancellationToken cancellationToken) => calls.DeleteAsync(CommentPath(id), cancellationToken);

    public async IAsyncEnumerable<Comment> ListAsync(CommentPlace place, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        // Gitea gives all of them at once; should it learn to page, its links are followed.
        await foreach ((_, IReadOnlyList<CommentReply> page) in calls.PagesAsync(PathOf(place), GiteaWire.Default.IReadOnlyListCommentReply, next: null, cancellationToken))
        {
            foreach (CommentReply reply in page)
                yield return ToComment(reply);
        }
    }

    public async Task<bool> IsOwnAsync(Comment comment, CancellationToken cancellationToken)
    {
        _self ??= await ReadSelfAsync(cancellationToken);
        return comment.Author is not { } author || _self.Contains(author, StringComparer.OrdinalIgnoreCase);
    }

    public async Task<string?> ReadNameAsync(CancellationToken cancellationToken) => string.Join(" or ", _self ??= await ReadSelfAsync(cancellationToken));

    public string CommentPath(string id) => $"{repositoryPath}/issues/comments/{Uri.EscapeDataString(id)}";

    private string PathOf(CommentPlace place) => $"{repositoryPath}/issues/{Uri.EscapeDataString(place.Id)}/comments";

    /// <summary>A job's own token, and one without the scope for it, may not ask who it is.</summary>
    private async Task<string[]> ReadSelfAsync(CancellationToken cancellationToken)
    {
        try
        {
            UserReply self = await calls.GetAsync(userPath, GiteaWire.Default.UserReply, cancellationToken);
            return self.Login is { Length: > 0 } login ? [login] : Actors;
        }
        catch (PublishingException e) when (e.Status is HttpStatusCode.Forbidden or HttpStatusCode.NotFound)
        {
            return Actors;
        }
    }

    /// <summary>A comment that an attempt whose answer was lost may have left: same body, and no older than the attempt.</summary>
    private async Task<ApiResponse?> FindPostedAsync(CommentPlace place, string body, TimeSpan elapsed, CancellationToken cancellationToken)
    {
        string wanted = Normal(body);
        ApiResponse? found = null;
        await foreach ((ApiResponse response, IReadOnlyList<CommentReply> page) in calls.PagesAsync(PathOf(place), GiteaWire.Default.IReadOnlyListCommentReply, next: null, cancellationToken))
        {
            DateTimeOffset oldest = (response.Date ?? time.GetUtcNow()) - elapsed - ReadBackSlack;
            if (page.LastOrDefault(c => c.CreatedAt >= oldest && Normal(c.Body ?? "") == wanted) is { } comment)
                found = response with { Body = JsonCalls.Write(comment, GiteaWire.Default.CommentReply) };
        }

        return found;
    }

    private static Comment ToComment(CommentReply reply) => new()
    {
        Id = reply.Id.ToString(CultureInfo.InvariantCulture),
        Url = reply.HtmlUrl ?? "",
        Body = reply.Body ?? "",
        Author = reply.User?.Login,
        CreatedAt = reply.CreatedAt,
    };

    public static string Normal(string body) => body.ReplaceLineEndings("\n").Trim();
}
