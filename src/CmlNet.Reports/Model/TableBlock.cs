namespace CmlNet.Reports.Model;

/// <summary>A table; every row has as many cells as there are columns.</summary>
public sealed record TableBlock : ReportBlock
{
    public required IReadOnlyList<TableColumn> Columns { get; init; }

    public required IReadOnlyList<IReadOnlyList<string>> Rows { get; init; }

    /// <summary>When set the table is folded away behind this line.</summary>
    public string? CollapsedUnder { get; init; }
}
