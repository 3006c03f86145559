using System.Text.Json.Serialization;

namespace CmlNet.Publishing.CodeHosts.Gitea;

[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower, DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull)]
[JsonSerializable(typeof(UserReply))]
[JsonSerializable(typeof(CommentBody))]
[JsonSerializable(typeof(CommentReply))]
[JsonSerializable(typeof(IReadOnlyList<CommentReply>))]
[JsonSerializable(typeof(PullRequestBody))]
[JsonSerializable(typeof(PullRequestReply))]
[JsonSerializable(typeof(IReadOnlyList<PullRequestReply>))]
[JsonSerializable(typeof(MergeBody))]
[JsonSerializable(typeof(StatusBody))]
[JsonSerializable(typeof(AttachmentReply))]
[JsonSerializable(typeof(IReadOnlyList<AttachmentReply>))]
internal sealed partial class GiteaWire : JsonSerializerContext;

internal sealed record UserReply(string? Login);

internal sealed record CommentBody(string Body);

internal sealed record CommentReply(long Id, string? Body, string? HtmlUrl, UserReply? User, DateTimeOffset? CreatedAt);

internal sealed record PullRequestBody(string Title, string Head, string Base, string Body);

internal sealed record PullRequestReply(int Number, string? State, string? HtmlUrl)
{
    public bool? Merged { get; init; }

    public bool? Mergeable { get; init; }

    public BranchReply? Head { get; init; }

    public BranchReply? Base { get; init; }
}

internal sealed record BranchReply(string? Ref, string? Sha);

/// <param name="Do"><c>merge</c>, <c>rebase</c> or <c>squash</c>.</param>
/// <param name="MergeWhenChecksSucceed">Wait for the commit's statuses.</param>
internal sealed record MergeBody([property: JsonPropertyName("Do")] string Do, bool? MergeWhenChecksSucceed);

internal sealed record StatusBody(string State, string Context, string? Description, string? TargetUrl);

internal sealed record AttachmentReply(long Id, string? Name, long? Size, string? BrowserDownloadUrl);
