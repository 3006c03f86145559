namespace CmlNet.Reports.Model;

/// <summary>A table; every row has as many cells as there are columns.</summary>
public sealed record TableBlock : ReportBlock
{
    public required IReadOnlyList<TableColumn> Columns { get; init; }

    public required IReadOnlyList<IReadOnlyList<string>> Rows { get; init; }

    /// <summary>Rows that carry little weight and are shown faintly where that is possible; the text says why all the same.</summary>
    public IReadOnlySet<int> FaintRows { get; init; } = new HashSet<int>();

    /// <summary>When set the table is folded away behind this line.</summary>
    public string? CollapsedUnder { get; init; }
}
