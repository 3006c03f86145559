namespace CmlNet.Reports.Html.RunPage;

public sealed record RunPageJob
{
    /// <summary>As GitHub shows it, for example <c>train (3.12, cpu)</c>.</summary>
    public required string Name { get; init; }

    /// <inheritdoc cref="RunPageModel.Conclusion"/>
    public required string Conclusion { get; init; }

    public TimeSpan? Duration { get; init; }

    public IReadOnlyList<RunPageAnnotation> Annotations { get; init; } = [];

    public IReadOnlyList<RunPageStep> Steps { get; init; } = [];

    /// <summary>The job's step summary, or null when it wrote none.</summary>
    public string? SummaryMarkdown { get; init; }
}
