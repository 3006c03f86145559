namespace CmlNet.Reports.Model;

/// <summary>The whole report as data, before it is Markdown, HTML or JSON.</summary>
public sealed record ReportModel
{
    public required string Title { get; init; }

    /// <summary>The first line: verdict, gates, the changes that matter most; null when nothing was judged or compared.</summary>
    public ParagraphBlock? Summary { get; init; }

    /// <summary>Of the gates; null without any.</summary>
    public ReportVerdict? Verdict { get; init; }

    /// <summary>What the run is compared with; null when it is not.</summary>
    public string? Comparison { get; init; }

    public required IReadOnlyList<ReportSection> Sections { get; init; }
}
