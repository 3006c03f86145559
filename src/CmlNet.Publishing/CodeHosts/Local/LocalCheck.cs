namespace CmlNet.Publishing.CodeHosts.Local;

/// <summary>A check run in a local host's directory.</summary>
public sealed record LocalCheck
{
    /// <summary>1 for the first check of the directory.</summary>
    public required int Number { get; init; }

    /// <summary>Name and title.</summary>
    public required string Title { get; init; }

    /// <summary>Markdown.</summary>
    public required string Summary { get; init; }

    /// <summary>The commit.</summary>
    public required string HeadSha { get; init; }

    /// <summary><c>queued</c>, <c>in_progress</c> or <c>completed</c>.</summary>
    public required string Status { get; init; }

    /// <summary>Set when the status is <c>completed</c>.</summary>
    public string? Conclusion { get; init; }

    /// <summary>When it was written.</summary>
    public DateTimeOffset? CreatedAt { get; init; }
}
