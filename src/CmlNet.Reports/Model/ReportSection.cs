namespace CmlNet.Reports.Model;

/// <summary>A heading and what stands under it.</summary>
public sealed record ReportSection
{
    /// <summary>The name under which the section is registered.</summary>
    public required string Name { get; init; }

    public required string Title { get; init; }

    public required IReadOnlyList<ReportBlock> Blocks { get; init; }
}
