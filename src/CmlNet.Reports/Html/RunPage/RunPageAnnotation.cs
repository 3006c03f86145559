namespace CmlNet.Reports.Html.RunPage;

/// <summary>A remark of a job or a check.</summary>
public sealed record RunPageAnnotation
{
    /// <summary><c>error</c>, <c>warning</c> or <c>notice</c>; a check's <c>failure</c> counts as an error.</summary>
    public required string Level { get; init; }

    public required string Message { get; init; }

    public string? Title { get; init; }

    public string? File { get; init; }

    /// <summary>From 1.</summary>
    public int? Line { get; init; }
}
