namespace CmlNet.Reports.Html.RunPage;

/// <summary>A comment that a run posted, or would have posted.</summary>
public sealed record RunPageComment
{
    /// <summary>Where it goes, for example <c>pull request #12</c>.</summary>
    public required string Title { get; init; }

    public required string Markdown { get; init; }
}
