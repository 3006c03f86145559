namespace CmlNet.Testing.GitHub.State;

/// <summary>A comment on an issue, a pull request or a commit.</summary>
public sealed class FakeComment
{
    public required long Id { get; init; }

    public required string Author { get; init; }

    public required string Body { get; set; }

    public required DateTimeOffset CreatedAt { get; init; }

    public required DateTimeOffset UpdatedAt { get; set; }

    public string NodeId => FormattableString.Invariant($"IC_{Id}");

    public bool IsMinimized { get; set; }

    /// <summary>Number of the issue or pull request; 0 for a comment on a commit.</summary>
    public int Issue { get; init; }

    /// <summary>Sha of the commit; null for a comment on an issue.</summary>
    public string? Commit { get; init; }
}
