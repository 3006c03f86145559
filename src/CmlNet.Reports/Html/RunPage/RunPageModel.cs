namespace CmlNet.Reports.Html.RunPage;

/// <summary>
/// Everything the page of one run shows. Texts are taken as hostile; conclusions are GitHub's words (<c>success</c>,
/// <c>failure</c>, <c>cancelled</c>, <c>skipped</c>, <c>neutral</c>, <c>timed_out</c>, <c>action_required</c>), others show as they are.
/// </summary>
public sealed record RunPageModel
{
    /// <summary>The headline, for example the commit's or pull request's title.</summary>
    public required string Title { get; init; }

    public required string Conclusion { get; init; }

    public string? Workflow { get; init; }

    public string? Event { get; init; }

    public DateTimeOffset? StartedAt { get; init; }

    public TimeSpan? Duration { get; init; }

    /// <summary><c>owner/name</c>.</summary>
    public string? Repository { get; init; }

    public string? Sha { get; init; }

    public string? Branch { get; init; }

    /// <summary>What ran the jobs, for example <c>docker</c>.</summary>
    public string? Engine { get; init; }

    public IReadOnlyList<RunPageComment> Comments { get; init; } = [];

    public IReadOnlyList<RunPageCheck> Checks { get; init; } = [];

    public IReadOnlyList<RunPageJob> Jobs { get; init; } = [];

    /// <summary>Where the images of comments and summaries come from; null shows links only.</summary>
    public IRunAssets? Assets { get; init; }
}
