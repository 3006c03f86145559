using System.Globalization;
using System.Runtime.CompilerServices;
using CmlNet.Publishing.Http;

namespace CmlNet.Publishing.CodeHosts.Bitbucket;

/// <summary>Comments on commits, pull requests and issues.</summary>
internal sealed class BitbucketComments(JsonCalls calls, string repositoryPath, TimeProvider time)
{
    /// <summary>How much older than the first attempt a comment may be and still be taken for its effect; both by the server's clock.</summary>
    private static readonly TimeSpan ReadBackSlack = TimeSpan.FromSeconds(5);

    private UserReply? _self;

    public async Task<Comment> CreateAsync(CommentPlace place, string body, CancellationToken cancellationToken)
    {
        long start = time.GetTimestamp();
        return ToComment(await calls.SendAsync(
            new ApiRequest
            {
                Method = HttpMethod.Post,
                Path = PathOf(place),
                Body = Write(body),
                ReadBack = token => FindPostedAsync(place, body, time.GetElapsedTime(start), token),
            },
            BitbucketWire.Default.CommentReply,
            cancellationToken));
    }

    public async Task<Comment> UpdateAsync(CommentPlace place, string id, string body, CancellationToken cancellationToken) =>
        ToComment(await calls.SendAsync(new ApiRequest { Method = HttpMethod.Put, Path = PathOf(place, id), Body = Write(body) }, BitbucketWire.Default.CommentReply, cancellationToken));

    public Task DeleteAsync(CommentPlace place, string id, CancellationToken cancellationToken) => calls.DeleteAsync(PathOf(place, id), cancellationToken);

    public async IAsyncEnumerable<Comment> ListAsync(CommentPlace place, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        await foreach ((_, PageReply<CommentReply> page) in PagesAsync(place, cancellationToken))
        {
            foreach (CommentReply reply in (page.Values ?? []).Where(c => c.Deleted != true))
                yield return ToComment(reply);
        }
    }

    /// <summary>People are known by their identifiers: names change, and are not unique.</summary>
    public async Task<bool> IsOwnAsync(Comment comment, CancellationToken cancellationToken)
    {
        _self ??= await calls.GetAsync("user", BitbucketWire.Default.UserReply, cancellationToken);
        return comment.Author is not { } author || author == _self.Uuid;
    }

    public async Task<string?> ReadNameAsync(CancellationToken cancellationToken)
    {
        _self ??= await calls.GetAsync("user", BitbucketWire.Default.UserReply, cancellationToken);
        return _self.DisplayName ?? _self.Uuid;
    }

    private static ReadOnlyMemory<byte> Write(string body) => JsonCalls.Write(new CommentBody(new ContentBody(body)), BitbucketWire.Default.CommentBody);

    private IAsyncEnumerable<(ApiResponse Response, PageReply<CommentReply> Page)> PagesAsync(CommentPlace place, CancellationToken cancellationToken) =>
        calls.PagesAsync(PathOf(place) + "?sort=created_on&pagelen=100", BitbucketWire.Default.PageReplyCommentReply, static p => p.Next, cancellationToken);

    private async Task<ApiResponse?> FindPostedAsync(CommentPlace place, string body, TimeSpan elapsed, CancellationToken cancellationToken)
    {
        string wanted = Normal(body);
        ApiResponse? found = null;
        await foreach ((ApiResponse response, PageReply<CommentReply> page) in PagesAsync(place, cancellationToken))
        {
            DateTimeOffset oldest = (response.Date ?? time.GetUtcNow()) - elapsed - ReadBackSlack;
            if (page.Values?.LastOrDefault(c => c.Deleted != true && c.CreatedOn >= oldest && Normal(c.Content?.Raw ?? "") == wanted) is { } comment)
                found = response with { Body = JsonCalls.Write(comment, BitbucketWire.Default.CommentReply) };
        }

        return found;
    }

    private string PathOf(CommentPlace place) => place.Surface switch
    {
        CommentSurface.Commit => $"{repositoryPath}/commit/{Uri.EscapeDataString(place.Id)}/comments",
        CommentSurface.PullRequest => $"{repositoryPath}/pullrequests/{Uri.EscapeDataString(place.Id)}/comments",
        _ => $"{repositoryPath}/issues/{Uri.EscapeDataString(place.Id)}/comments",
    };

    private string PathOf(CommentPlace place, string id) => $"{PathOf(place)}/{Uri.EscapeDataString(id)}";

    private static Comment ToComment(CommentReply reply) => new()
    {
        Id = reply.Id.ToString(CultureInfo.InvariantCulture),
        Url = reply.Links?.Html?.Href ?? "",
        Body = reply.Content?.Raw ?? "",
        Author = reply.User?.Uuid,
        CreatedAt = reply.CreatedOn,
    };

    private static string Normal(string body) => body.ReplaceLineEndings("\n").Trim();
}
