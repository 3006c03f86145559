using System.Text.Json.Serialization;

namespace CmlNet.Publishing.CodeHosts.Bitbucket;

[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower, DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull)]
[JsonSerializable(typeof(UserReply))]
[JsonSerializable(typeof(CommentBody))]
[JsonSerializable(typeof(CommentReply))]
[JsonSerializable(typeof(PageReply<CommentReply>))]
[JsonSerializable(typeof(PullRequestBody))]
[JsonSerializable(typeof(PullRequestReply))]
[JsonSerializable(typeof(PageReply<PullRequestReply>))]
[JsonSerializable(typeof(MergeBody))]
[JsonSerializable(typeof(StatusBody))]
internal sealed partial class BitbucketWire : JsonSerializerContext;

internal sealed record PageReply<T>(IReadOnlyList<T>? Values, string? Next);

internal sealed record UserReply(string? Uuid)
{
    public string? DisplayName { get; init; }
}

internal sealed record ContentBody(string? Raw);

internal sealed record CommentBody(ContentBody Content);

internal sealed record LinkReply(string? Href);

internal sealed record LinksReply(LinkReply? Html);

internal sealed record CommentReply(long Id, ContentBody? Content, UserReply? User, LinksReply? Links, DateTimeOffset? CreatedOn)
{
    /// <summary>A deleted comment with answers stays in the list, without its text.</summary>
    public bool? Deleted { get; init; }
}

internal sealed record BranchName(string? Name);

internal sealed record EndBody(BranchName? Branch)
{
    public CommitReply? Commit { get; init; }
}

internal sealed record CommitReply(string? Hash);

internal sealed record PullRequestBody(string Title, string Description, EndBody Source, EndBody Destination);

internal sealed record PullRequestReply(int Id, string? State, LinksReply? Links, EndBody? Source, EndBody? Destination);

internal sealed record MergeBody(string Type, bool CloseSourceBranch, string MergeStrategy);

internal sealed record StatusBody(string Key, string State, string Name, string Url, string Description);
