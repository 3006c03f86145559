namespace CmlNet.Reports.Html.RunPage;

/// <summary>A check run that a run created.</summary>
public sealed record RunPageCheck
{
    public required string Title { get; init; }

    /// <inheritdoc cref="RunPageModel.Conclusion"/>
    public required string Conclusion { get; init; }

    public string? SummaryMarkdown { get; init; }

    public IReadOnlyList<RunPageAnnotation> Annotations { get; init; } = [];
}
