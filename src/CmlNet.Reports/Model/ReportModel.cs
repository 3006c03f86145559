namespace CmlNet.Reports.Model;

/// <summary>The whole report as data, before it is Markdown, HTML or JSON.</summary>
public sealed record ReportModel
{
    public required string Title { get; init; }

    public required IReadOnlyList<ReportSection> Sections { get; init; }
}
