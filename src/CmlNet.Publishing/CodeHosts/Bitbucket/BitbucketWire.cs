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
[JsonSerializable(typeof(PipelineReply))]
[JsonSerializable(typeof(PageReply<PipelineReply>))]
[JsonSerializable(typeof(PipelineBody))]
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

internal sealed record PipelineReply(int? BuildNumber, PipelineTarget? Target);

internal sealed record PipelineBody(PipelineTarget Target);

/// <summary>What a pipeline runs on; told again as it was.</summary>
internal sealed record PipelineTarget
{
    public string? Type { get; init; }

    public string? RefType { get; init; }

    public string? RefName { get; init; }

    public string? Source { get; init; }

    public string? Destination { get; init; }

    public PipelineCommit? Commit { get; init; }

    public PipelineCommit? DestinationCommit { get; init; }

    public PipelinePullRequest? Pullrequest { get; init; }

    public PipelineSelector? Selector { get; init; }
}

internal sealed record PipelineCommit(string? Type, string? Hash);

internal sealed record PipelinePullRequest(string? Type, int Id);

internal sealed record PipelineSelector(string? Type, string? Pattern);
