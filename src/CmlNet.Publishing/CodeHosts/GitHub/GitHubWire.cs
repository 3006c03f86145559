using System.Text.Json.Serialization;

namespace CmlNet.Publishing.CodeHosts.GitHub;

[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower, DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull)]
[JsonSerializable(typeof(CommentBody))]
[JsonSerializable(typeof(CommentReply))]
[JsonSerializable(typeof(IReadOnlyList<CommentReply>))]
[JsonSerializable(typeof(IReadOnlyList<PullRequestReply>))]
[JsonSerializable(typeof(CheckBody))]
[JsonSerializable(typeof(CheckReply))]
[JsonSerializable(typeof(CheckPage))]
[JsonSerializable(typeof(StatusBody))]
[JsonSerializable(typeof(InstallationReply))]
[JsonSerializable(typeof(InstallationToken))]
[JsonSerializable(typeof(AppClaims))]
[JsonSerializable(typeof(RateReply))]
[JsonSerializable(typeof(ReleaseBody))]
[JsonSerializable(typeof(ReleaseReply))]
[JsonSerializable(typeof(IReadOnlyList<ReleaseAssetReply>))]
[JsonSerializable(typeof(AttachmentReply))]
[JsonSerializable(typeof(Account))]
[JsonSerializable(typeof(PullRequestReply))]
[JsonSerializable(typeof(PullRequestBody))]
[JsonSerializable(typeof(MergeBody))]
[JsonSerializable(typeof(RunReply))]
[JsonSerializable(typeof(GraphRequest))]
[JsonSerializable(typeof(GraphReply))]
[JsonSerializable(typeof(ObjectReply))]
[JsonSerializable(typeof(ReferenceReply))]
[JsonSerializable(typeof(IReadOnlyList<ReferenceReply>))]
[JsonSerializable(typeof(CommitReply))]
[JsonSerializable(typeof(TreeReply))]
[JsonSerializable(typeof(BlobBody))]
[JsonSerializable(typeof(TreeBody))]
[JsonSerializable(typeof(CommitBody))]
[JsonSerializable(typeof(NewReference))]
[JsonSerializable(typeof(MovedReference))]
[JsonSerializable(typeof(RepositoryReply))]
internal sealed partial class GitHubWire : JsonSerializerContext;

internal sealed record CommentBody(string Body);

internal sealed record Account(string? Login, string? Type);

internal sealed record CommentReply(long Id, string? Body, string? HtmlUrl, Account? User, DateTimeOffset? CreatedAt)
{
    public string? NodeId { get; init; }
}

internal sealed record PullRequestReply(int Number, string? State, string? HtmlUrl)
{
    public string? NodeId { get; init; }

    public bool? Merged { get; init; }

    public BranchReply? Head { get; init; }

    public BranchReply? Base { get; init; }
}

internal sealed record CheckOutput(string Title, string Summary)
{
    public string? Text { get; init; }

    public IReadOnlyList<AnnotationBody>? Annotations { get; init; }
}

internal sealed record AnnotationBody
{
    public required string Path { get; init; }

    public required int StartLine { get; init; }

    public required int EndLine { get; init; }

    public int? StartColumn { get; init; }

    public int? EndColumn { get; init; }

    public required string AnnotationLevel { get; init; }

    public required string Message { get; init; }

    public string? Title { get; init; }

    public string? RawDetails { get; init; }
}

internal sealed record ButtonBody(string Label, string Description, string Identifier);

internal sealed record CheckBody
{
    /// <summary>Not told again when a run is updated.</summary>
    public string? HeadSha { get; init; }

    public required string Name { get; init; }

    public string? StartedAt { get; init; }

    public string? CompletedAt { get; init; }

    public string? Conclusion { get; init; }

    public required string Status { get; init; }

    public string? DetailsUrl { get; init; }

    public required CheckOutput Output { get; init; }

    public IReadOnlyList<ButtonBody>? Actions { get; init; }
}

internal sealed record CheckReply(long Id, string? Name, string? HtmlUrl, DateTimeOffset? StartedAt)
{
    public CheckOutputReply? Output { get; init; }
}

internal sealed record CheckOutputReply(int? AnnotationsCount);

internal sealed record StatusBody(string State, string Context, string? Description, string? TargetUrl);

internal sealed record CheckPage(IReadOnlyList<CheckReply>? CheckRuns);

internal sealed record GraphRequest(string Query, GraphVariables Variables);

internal sealed record GraphVariables
{
    public string? Id { get; init; }

    public string? Method { get; init; }
}

internal sealed record GraphReply(IReadOnlyList<GraphError>? Errors, GraphData? Data);

internal sealed record GraphData(Account? Viewer);

internal sealed record GraphError(string? Type, string? Message);

internal sealed record PullRequestBody(string Title, string Head, string Base, string Body);

internal sealed record MergeBody(string MergeMethod);

internal sealed record RunReply(string? Status, int? RunAttempt);

internal sealed record BranchReply(string? Ref, string? Sha);

internal sealed record ObjectReply(string? Sha);

internal sealed record ReferenceReply(string? Ref, ObjectReply? Object);

internal sealed record CommitReply(ObjectReply? Tree);

internal sealed record TreeReply(IReadOnlyList<TreeEntry>? Tree);

internal sealed record TreeEntry(string? Path, string? Mode, string? Type, string? Sha);

internal sealed record BlobBody(string Content, string Encoding);

internal sealed record TreeBody(string? BaseTree, IReadOnlyList<TreeEntry> Tree);

internal sealed record CommitBody(string Message, string Tree, IReadOnlyList<string> Parents);

internal sealed record NewReference(string Ref, string Sha);

internal sealed record MovedReference(string Sha, bool Force);

internal sealed record RepositoryReply(bool? Private)
{
    public long Id { get; init; }

    public IReadOnlyDictionary<string, bool>? Permissions { get; init; }
}

internal sealed record InstallationReply(long Id);

internal sealed record InstallationToken(string? Token, DateTimeOffset ExpiresAt, IReadOnlyDictionary<string, string>? Permissions);

internal sealed record AppClaims(long Iat, long Exp, string Iss);

internal sealed record RateReply(RateResources? Resources);

internal sealed record RateResources(RateLimit? Core);

internal sealed record RateLimit(int Limit, int Remaining, long Reset);

internal sealed record ReleaseBody(string TagName, string Name, string Body, bool Prerelease);

internal sealed record ReleaseReply(long Id);

internal sealed record ReleaseAssetReply(long Id, string? Name, string? State);

internal sealed record AttachmentReply(string? Url);
