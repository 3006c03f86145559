namespace CmlNet.Testing.GitLab;

/// <summary>A note on a merge request, an issue or a commit.</summary>
public sealed class GitLabNote
{
    public required long Id { get; init; }

    /// <summary>E.g. <c>merge_requests/5</c>, <c>issues/2</c> or <c>commits/abc…</c>.</summary>
    public required string Place { get; init; }

    public required string Author { get; init; }

    public required string Body { get; set; }

    public required DateTimeOffset CreatedAt { get; init; }

    public bool IsSystem { get; init; }

    public string Discussion => FormattableString.Invariant($"d{Id:x40}")[..40];
}
