namespace CmlNet.Publishing.CodeHosts;

/// <summary>A check run to show on a commit.</summary>
public sealed record CheckRun
{
    /// <summary>The commit, as a full sha.</summary>
    public required string HeadSha { get; init; }

    /// <summary>Name of the check and title of its output. Default: <c>CML Report</c>.</summary>
    public string Title { get; init; } = "CML Report";

    /// <summary>Markdown of the output.</summary>
    public required string Summary { get; init; }

    /// <summary><c>queued</c>, <c>in_progress</c> or <c>completed</c> (default).</summary>
    public string Status { get; init; } = "completed";

    /// <summary><c>success</c> (default), <c>failure</c>, <c>neutral</c>, <c>cancelled</c>, <c>skipped</c> or <c>timed_out</c>; only told when the status is <c>completed</c>.</summary>
    public string Conclusion { get; init; } = "success";

    /// <summary>Where its details link leads. Default: the check run's own page.</summary>
    public string? DetailsUrl { get; init; }

    /// <summary>Remarks on lines of files; any number. Default: none.</summary>
    public IReadOnlyList<CheckAnnotation> Annotations { get; init; } = [];

    /// <summary>At most three. Default: none.</summary>
    public IReadOnlyList<CheckButton> Buttons { get; init; } = [];
}
