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
internal sealed partial class GitHubWire : JsonSerializerContext;

internal sealed record CommentBody(string Body);

internal sealed record Account(string? Login, string? Type);

internal sealed record CommentReply(long Id, string? Body, string? HtmlUrl, Account? User, DateTimeOffset? CreatedAt);

internal sealed record PullRequestReply(int Number, string? State, string? HtmlUrl);

internal sealed record CheckOutput(string Title, string Summary);

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
