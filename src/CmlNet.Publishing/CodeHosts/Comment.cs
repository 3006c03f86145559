namespace CmlNet.Publishing.CodeHosts;

/// <summary>A comment as the code host tells it.</summary>
public sealed record Comment
{
    /// <summary>The host's own identifier.</summary>
    public required string Id { get; init; }

    /// <summary>Where people see it: a URL, or a path relative to a local host's directory.</summary>
    public required string Url { get; init; }

    /// <summary>Markdown.</summary>
    public required string Body { get; init; }

    /// <summary>Login of who wrote it; <see langword="null"/> where the host does not say.</summary>
    public string? Author { get; init; }

    /// <summary>The host's identifier for calls of another of its APIs; <see langword="null"/> where there is none.</summary>
    public string? NodeId { get; init; }

    /// <summary>When it was written, by the host's clock.</summary>
    public DateTimeOffset? CreatedAt { get; init; }

    /// <summary>What publishing did with it; <see langword="null"/> for a comment that was only read.</summary>
    public CommentChange? Change { get; init; }
}
