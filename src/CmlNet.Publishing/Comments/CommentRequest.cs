namespace CmlNet.Publishing.Comments;

/// <summary>A report to post as a comment.</summary>
public sealed record CommentRequest
{
    /// <summary>The report's Markdown.</summary>
    public required string Report { get; init; }

    /// <summary>Where to, as <see cref="CommentTarget"/> reads it. Default: <c>auto</c>.</summary>
    public string Target { get; init; } = "auto";

    /// <summary>Replace the body of the newest own comment with the same mark, where there is one. Default: false.</summary>
    public bool IsUpdate { get; init; }

    /// <summary>Post anew and delete the comments posted before with the same mark, so that the report is the last word. Default: false.</summary>
    public bool IsRecreated { get; init; }

    /// <summary>Add the report below what the comment with the same mark says, where there is one. Default: false.</summary>
    public bool IsAppended { get; init; }

    /// <summary>Fold away as outdated the comments posted before with the same mark. Default: false.</summary>
    public bool AreOldHidden { get; init; }

    /// <summary>Label of the mark, placeholders <c>{workflow}</c> and <c>{run}</c> included. Default: none.</summary>
    public string WatermarkLabel { get; init; } = "";

    /// <summary>Append the mark. Default: true; an update cannot do without.</summary>
    public bool HasWatermark { get; init; } = true;

    /// <summary>The sha in the mark. Default: the run's commit.</summary>
    public string? Sha { get; init; }
}
