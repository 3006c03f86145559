namespace CmlNet.Publishing.CodeHosts.Local;

/// <summary>A comment in a local host's directory.</summary>
public sealed record LocalComment
{
    /// <summary>1 for the first comment of the directory.</summary>
    public required int Number { get; init; }

    /// <summary>Where it would have been posted: <c>pr/&lt;n&gt;</c>, <c>commit/&lt;sha&gt;</c> or <c>issue/&lt;n&gt;</c>.</summary>
    public required string Target { get; init; }

    /// <summary>Markdown. Assets are linked as <c>assets/&lt;file&gt;</c>, relative to the local host's directory.</summary>
    public required string Body { get; init; }

    /// <summary>When it was first written.</summary>
    public DateTimeOffset? CreatedAt { get; init; }

    /// <summary>When it was last written.</summary>
    public DateTimeOffset? UpdatedAt { get; init; }

    /// <summary>How many times it was written: 1 when it was never updated.</summary>
    public int Revision { get; init; } = 1;
}
