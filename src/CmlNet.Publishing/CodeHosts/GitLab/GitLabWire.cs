using System.Text.Json.Serialization;

namespace CmlNet.Publishing.CodeHosts.GitLab;

[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower, DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull)]
[JsonSerializable(typeof(VersionReply))]
[JsonSerializable(typeof(UserReply))]
[JsonSerializable(typeof(JobReply))]
[JsonSerializable(typeof(NoteBody))]
[JsonSerializable(typeof(NoteReply))]
[JsonSerializable(typeof(IReadOnlyList<NoteReply>))]
[JsonSerializable(typeof(DiscussionReply))]
[JsonSerializable(typeof(IReadOnlyList<DiscussionReply>))]
[JsonSerializable(typeof(MergeRequestBody))]
[JsonSerializable(typeof(MergeRequestReply))]
[JsonSerializable(typeof(IReadOnlyList<MergeRequestReply>))]
[JsonSerializable(typeof(MergeBody))]
[JsonSerializable(typeof(PipelineReply))]
[JsonSerializable(typeof(StatusBody))]
[JsonSerializable(typeof(IReadOnlyList<StatusReply>))]
[JsonSerializable(typeof(UploadReply))]
internal sealed partial class GitLabWire : JsonSerializerContext;

internal sealed record VersionReply(string? Version);

internal sealed record UserReply(string? Username);

internal sealed record JobReply(long Id, string? Status, UserReply? User);

internal sealed record NoteBody(string Body);

internal sealed record NoteReply(long Id, string? Body, UserReply? Author, DateTimeOffset? CreatedAt)
{
    /// <summary>GitLab's own remark about a change, not somebody's comment.</summary>
    public bool? System { get; init; }
}

internal sealed record DiscussionReply(string Id, IReadOnlyList<NoteReply>? Notes);

internal sealed record MergeRequestBody(string SourceBranch, string TargetBranch, string Title, string Description);

internal sealed record MergeRequestReply(int Iid, string? State, string? WebUrl, string? Sha)
{
    public string? SourceBranch { get; init; }

    public string? TargetBranch { get; init; }

    /// <summary><c>preparing</c>, <c>unchecked</c> and <c>checking</c> pass by themselves.</summary>
    public string? DetailedMergeStatus { get; init; }
}

/// <param name="AutoMerge">The name since 17.11.</param>
/// <param name="MergeWhenPipelineSucceeds">The name before.</param>
/// <param name="Squash">As one commit.</param>
internal sealed record MergeBody(bool? AutoMerge, bool? MergeWhenPipelineSucceeds, bool? Squash);

internal sealed record PipelineReply(long Id, string? Status);

internal sealed record StatusBody(string State, string Name, string? Description, string? TargetUrl);

internal sealed record StatusReply(string? Status);

internal sealed record UploadReply(string? Url);
