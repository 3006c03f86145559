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
[JsonSerializable(typeof(Account))]
[JsonSerializable(typeof(PullRequestReply))]
[JsonSerializable(typeof(PullRequestBody))]
[JsonSerializable(typeof(MergeBody))]
[JsonSerializable(typeof(RunReply))]
[JsonSerializable(typeof(GraphRequest))]
[JsonSerializable(typeof(GraphReply))]
internal sealed partial class GitHubWire : JsonSerializerContext;

internal sealed record CommentBody(string Body);

internal sealed record Account(string? Login, string? Type);

internal sealed record CommentReply(long Id, string? Body, string? HtmlUrl, Account? User, DateTimeOffset? CreatedAt);

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
}

internal sealed record CheckBody
{
    public required string HeadSha { get; init; }

    public required string Name { get; init; }

    public required string StartedAt { get; init; }

    public string? CompletedAt { get; init; }

    public string? Conclusion { get; init; }

    public required string Status { get; init; }

    public required CheckOutput Output { get; init; }
}

internal sealed record CheckReply(long Id, string? Name, string? HtmlUrl, DateTimeOffset? StartedAt);

internal sealed record CheckPage(IReadOnlyList<CheckReply>? CheckRuns);

internal sealed record GraphRequest(string Query, GraphVariables Variables);

internal sealed record GraphVariables
{
    public required string Id { get; init; }

    public string? Method { get; init; }
}

internal sealed record GraphReply(IReadOnlyList<GraphError>? Errors);

internal sealed record GraphError(string? Type, string? Message);

internal sealed record PullRequestBody(string Title, string Head, string Base, string Body);

internal sealed record MergeBody(string MergeMethod);

internal sealed record RunReply(string? Status, int? RunAttempt);

internal sealed record BranchReply(string? Ref, string? Sha);
